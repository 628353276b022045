//! The first screen of each command on a terminal of 80 and of 60 columns, as somebody sees it: no
//! line is wider, except those to copy, and no problem stands there twice.

use super::CALHA;
use super::pty::Pty;
use super::site::Site;
use super::thorough::thorough;
use super::walk::{blessed, transcript};
use calha::lab::Fault;

/// How much of each is kept: a screen.
const ROWS: usize = 24;

/// Tall enough for everything that scrolls by.
const TALL: u16 = 400;

/// A command, and whether it asks.
type Typed = (&'static str, bool);

const FRESH: [Typed; 4] =
    [("profile check", false), ("check", false), ("plan --changes", false), ("install", true)];

const INSTALLED: [Typed; 12] = [
    ("verify", false),
    ("status", false),
    ("check --prerequisites", false),
    ("uninstall", true),
    ("rollback --from ha-block", true),
    ("plan --uninstall", false),
    ("plan --service failover", false),
    ("service restart", true),
    ("restore --file /etc/vfstab", true),
    ("debug on", true),
    ("resume", false),
    ("install", false),
];

/// What somebody types whose service does not start: the run that fails, and those after it.
const FAILED: [Typed; 8] = [
    ("install --yes", false),
    ("check --prerequisites", false),
    ("verify", false),
    ("status", false),
    ("resume --yes", false),
    ("install --yes --accept preflight.group-state", false),
    ("service restart --yes", false),
    ("rollback --yes --from service-enable", false),
];

/// Everything that a command shows; its question gets a no.
fn screen(site: &Site, (command, asks): Typed, columns: u16) -> String {
    let (verb, options) = command.find(" --").map_or((command, ""), |at| command.split_at(at));
    let words = verb.split(' ').chain(["site.toml"]).chain(options.split_whitespace());
    let words: Vec<&str> = words.collect();
    let state = site.dir.path().join("state").display().to_string();
    let env = [("XDG_STATE_HOME", state.as_str()), ("NO_COLOR", "1")];
    let mut pty = Pty::start_in(site.dir.path(), CALHA, &words, &env, TALL, columns);
    if asks {
        pty.waits_for("[y/N] ");
        pty.types("n");
    }
    pty.ends();
    format!("$ calha {}\n{}", words.join(" "), transcript(&pty))
}

/// Whether a line is one to copy: a command, a diff, or a path that cannot be broken.
fn is_to_copy(line: &str) -> bool {
    let text = line.trim_start();
    let command = text.rsplit(": ").next().unwrap_or_default().trim_start();
    let is_command =
        ["/", "calha ", "edit /", "rm ", "rmdir ", "mkdir ", "cat ", "cp ", "ln ", "# /", "$ "];
    let behind_node = text.split_once(": ").map_or("", |(_, rest)| rest);
    let starts = |with: &&str| [text, command, behind_node].iter().any(|t| t.starts_with(*with));
    let sign = text.chars().next().unwrap_or(' ');
    line.starts_with("          ")
        || is_command.iter().any(starts)
        || (line.starts_with("        ") && "+-@ ".contains(sign))
        || text.split(' ').filter(|word| !word.is_empty()).count() < 2
}

/// Lines that are too wide, and problems that stand there twice.
fn faults(text: &str, columns: usize) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let wide = lines.iter().filter(|l| l.chars().count() > columns && !is_to_copy(l));
    let mut found: Vec<String> = wide.map(|line| format!("too wide: {line}")).collect();
    let is_problem = |line: &str| line.contains("PROBLEM [") || line.contains(" note [");
    let mut told: Vec<&[&str]> = lines.windows(3).filter(|at| is_problem(at[0])).collect();
    told.sort_unstable();
    let twice = told.windows(2).filter(|two| two[0] == two[1]);
    found.extend(twice.map(|two| format!("twice: {}", two[0].join(" "))));
    found
}

/// Without what differs between runs.
fn without_times(line: &str) -> &str {
    let kept = ["log: ", " Bourne ", "from here: "]
        .iter()
        .find_map(|word| Some(line.find(word)? + word.len()));
    line[..kept.unwrap_or(line.len())].trim_end()
}

/// Shows these commands on terminals of both widths, and compares with what is kept, if it is.
fn fit(site: &Site, typed: &[Typed], name: Option<&str>) {
    let mut wrong = Vec::new();
    for columns in [80, 60] {
        let mut kept = String::new();
        for typed in typed {
            let text = screen(site, *typed, columns);
            let found = faults(&text, usize::from(columns));
            let of = |fault| format!("{columns}: {}: {fault}", typed.0);
            wrong.extend(found.into_iter().map(of));
            // What a status says has times in it.
            if typed.0 != "status" {
                let first: Vec<&str> = text.lines().take(ROWS).map(without_times).collect();
                kept.push_str(&format!("{}\n\n", first.join("\n")));
            }
        }
        if let Some(name) = name {
            blessed(&format!("screens-{name}-{columns}.txt"), &kept);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_first_screens_before_an_installation_fit_and_say_nothing_twice() {
    fit(&Site::new(), &FRESH, Some("new"));
}

/// Of a run that fails nothing is said as if it had gone well.
#[test]
fn the_screens_of_a_failure_fit_and_say_nothing_twice() {
    let site = Site::new();
    let resource = "CAL-SVR-RS".to_owned();
    site.lab.inject(Fault::StartFails { resource, host: None }).unwrap();
    let failed = screen(&site, FAILED[0], 80);
    let says = |text: &str| failed.contains(text);
    assert!(says("\n        FAILED on Node2: step service-enable\n"), "{failed}");
    assert!(says("\nstep service-enable failed on Node2\n  wanted: resource "), "{failed}");
    fit(&site, &FAILED, None);
}

#[test]
fn the_first_screens_of_an_installation_fit_and_say_nothing_twice() {
    if !thorough() {
        return;
    }
    let site = Site::new();
    let installed = site.run("install", &["--yes"]);
    assert_eq!(installed.status, 0, "{}{}", installed.out, installed.err);
    fit(&site, &INSTALLED, Some("installed"));
}
