//! What an administrator's shell, system or terminal may do to any command: no more processes, no
//! more room in a file, outputs that nobody takes, words and variables that are no UTF-8, clocks
//! that are wrong. Each command ends with a documented status and a sentence, and none with a
//! panic. The commands are those that the program has.

use std::ffi::OsStr;
use std::fs::File;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use clap::CommandFactory as _;

use super::root;
use super::site::{Said, Site, said};
use super::thorough::thorough;

/// The statuses that the README documents.
pub const DOCUMENTED: [i32; 7] = [0, 1, 2, 3, 4, 5, 130];
/// A sample goes without these where they have room to work: they are whole installations.
pub const LONG: [&str; 6] =
    ["install", "rollback", "uninstall", "rehearse", "rt rehearse", "lab destroy"];

/// Every command that has none below it, by its words.
pub fn commands() -> Vec<String> {
    fn below(command: &clap::Command, words: &[&str], all: &mut Vec<String>) {
        let shown = command.get_subcommands().filter(|c| c.get_name() != "help");
        let (mut some, before) = (shown.peekable(), all.len());
        if some.peek().is_none() {
            all.push(words.join(" "));
        }
        some.for_each(|c| below(c, &[words, &[c.get_name()]].concat(), all));
        assert!(all.len() > before);
    }
    let mut all = Vec::new();
    below(&calha::cli::Arguments::command(), &[], &mut all);
    assert!(all.len() > 40 && all.contains(&"rt diff".to_owned()), "{all:?}");
    // It takes away what the others work on.
    all.sort_by_key(|command| command == "lab destroy");
    all
}

/// The situations in which a command works: outputs that are closed, full, or without a reader, and
/// environments that are no UTF-8, or empty.
const SITUATIONS: usize = 5;

/// The words of each command, with something to work on behind them.
fn given(site: &Site) -> Vec<Vec<String>> {
    let at = |name: &str| site.dir.path().join(name).to_str().unwrap().to_owned();
    let profile = site.profile.to_str().unwrap().to_owned();
    let rtr = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/resource_type/files/later.rt");
    std::fs::copy(rtr, at("later.rt")).unwrap();
    let (lab, rtr) = (at("lab"), at("later.rt"));

    let behind = |command: &str| -> String {
        match command {
            "new" | "rt new" => at("new"),
            "adopt" => format!("--from-nodes {profile}"),
            "service" => format!("restart {profile} cal"),
            "install" | "resume" | "rollback" | "uninstall" | "debug on" | "debug off" => {
                format!("{profile} --yes")
            }
            "import-results" => format!("{profile} /etc/passwd"),
            "export ansible" => format!("{profile} {}", at("out")),
            "lab create" => format!("{} {profile}", at("other")),
            "lab shell" => format!("{lab} Node1 ls /"),
            "lab destroy" => format!("{lab} --yes"),
            "lab down" | "lab up" => format!("{lab} Node2"),
            "explain" => "accounts".to_owned(),
            "completions" => "bash".to_owned(),
            "models" | "downtime" | "man" | "schema" | "settings" => String::new(),
            "rt lint" | "rt show" => rtr.clone(),
            "rt bump" => format!("--to 9.9 {rtr}"),
            "rt diff" | "rt document" | "rt rehearse" => format!("{rtr} {rtr}"),
            "rt upgrade" => format!("--type SUNW.scics --to 2 {profile}"),
            "rt which" => format!("{profile} SUNW.scics 2"),
            lab_s if lab_s.starts_with("lab ") => lab.clone(),
            _ => profile.clone(),
        }
    };
    let words = |command: String| {
        let all = format!("{command} {}", behind(&command));
        all.split_whitespace().map(str::to_owned).collect()
    };
    commands().into_iter().map(words).collect()
}

/// It ends as the README says, and what it says is no fault of its own.
fn assert_tame(what: &str, words: &[String], said: &Said) {
    let all = format!("{}{}", said.out, said.err);
    let tame = DOCUMENTED.contains(&said.status)
        && !["panicked", "fault of its own", "RUST_BACKTRACE", "stack backtrace"]
            .iter()
            .any(|word| all.contains(word));
    assert!(tame, "{what}, {words:?}: status {}: {all}", said.status);
}

/// Has every command meet the `nth` of such situations, in which it works; in a sample each command
/// meets one of them.
fn each_works(nth: usize, site: &Site, meets: &dyn Fn(&mut Command)) {
    let is_long = |words: &[String]| LONG.iter().any(|long| words.join(" ").starts_with(long));
    let mut all = given(site);
    if !thorough() {
        all.retain(|words| !is_long(words));
        all = all.into_iter().skip(nth).step_by(SITUATIONS).collect();
    }
    drop(each_of(all, &format!("situation {nth}"), site, meets));
}

/// Has every command meet something in which none gets far; what each said, with its words.
fn each_meets(what: &str, site: &Site, meets: &dyn Fn(&mut Command)) -> Vec<(Vec<String>, Said)> {
    each_of(given(site), what, site, meets)
}

/// With backtraces and without.
fn each_of(
    commands: Vec<Vec<String>>,
    what: &str,
    site: &Site,
    meets: &dyn Fn(&mut Command),
) -> Vec<(Vec<String>, Said)> {
    let mut all = Vec::new();
    for (at, words) in commands.into_iter().enumerate() {
        let mut command = site.program(&words.iter().map(String::as_str).collect::<Vec<_>>());
        command.env("RUST_BACKTRACE", ["0", "1"][at % 2]);
        command.env("TMPDIR", site.dir.path()).stdout(Stdio::piped()).stderr(Stdio::piped());
        meets(&mut command);
        let said = said(command.spawn().unwrap().wait_with_output().unwrap());
        assert_tame(what, &words, &said);
        all.push((words, said));
    }
    all
}

/// Runs it below a shell that does this first.
fn first(shell: &str) -> impl Fn(&mut Command) {
    move |command: &mut Command| {
        let program = command.get_program().to_owned();
        let words: Vec<_> = command.get_args().map(OsStr::to_owned).collect();
        let given: Vec<_> =
            command.get_envs().filter_map(|(k, v)| Some((k.to_owned(), v?.to_owned()))).collect();
        *command = Command::new("/bin/sh");
        command.args(["-c", &format!("{shell}; exec \"$@\""), "sh"]).arg(program).args(words);
        command.envs(given).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    }
}

#[test]
fn every_command_ends_with_a_sentence_where_a_file_may_not_grow() {
    let site = Site::new();
    let all = each_meets("no file may grow", &site, &first("ulimit -f 0"));
    let install = &all.iter().find(|(words, _)| words[0] == "install").unwrap().1;
    assert_eq!(install.status, 4, "calha cannot write the journal: {}", install.err);
    assert!(install.err.contains("File too large"), "{}", install.err);
    assert_eq!(site.changing_calls(), 0);
}

#[test]
fn every_command_ends_with_a_sentence_where_nobody_takes_its_outputs() {
    each_works(0, &Site::new(), &first("exec >&- 2>&- <&-"));
    let full = || Stdio::from(File::options().write(true).open("/dev/full").unwrap());
    each_works(1, &Site::new(), &|command| {
        command.stdout(full()).stderr(full());
    });
    each_works(2, &Site::new(), &|command| {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        command.stdout(writer);
    });
}

/// In the place of what is closed Rust opens /dev/null: the program looks before.
#[test]
fn a_status_tells_that_an_output_was_closed_or_full_and_not_that_nobody_wanted_it() {
    let site = Site::new();
    let check = ["profile", "check", site.profile.to_str().unwrap()];
    let all: [&[&str]; 5] = [&["models"], &["--help"], &["--version"], &["settings"], &check];
    for words in all {
        for (output, status) in [(">&-", 1), (">/dev/full", 1), (">/dev/null", 0)] {
            let mut command = site.program(words);
            first(&format!("exec {output}"))(&mut command);
            let said = said(command.output().unwrap());
            assert_eq!(said.status, status, "{words:?} {output}: {}", said.err);
            assert_eq!(said.err.contains("not complete"), status == 1, "{words:?}: {}", said.err);
        }
    }
}

#[test]
fn every_command_ends_with_a_sentence_where_few_files_can_be_open() {
    let site = Site::new();
    for most in [4, 6] {
        drop(each_meets("few open files", &site, &first(&format!("ulimit -n {most}"))));
    }
}

#[test]
fn every_form_of_an_answer_takes_a_profile_whose_name_is_no_utf_8() {
    let site = Site::new();
    let strange = site.dir.path().join(OsStr::from_bytes(b"si\x90te\xff.toml"));
    std::fs::copy(&site.profile, &strange).unwrap();
    let commands = ["verify", "status", "check", "plan --offline", "profile check", "report"];
    for words in commands {
        for form in [&[][..], &["--format", "json"]] {
            let words: Vec<String> =
                words.split(' ').chain(form.iter().copied()).map(str::to_owned).collect();
            let mut command = site.program(&words.iter().map(String::as_str).collect::<Vec<_>>());
            let said = said(command.arg(&strange).output().unwrap());
            assert_tame("a name", &words, &said);
        }
    }
}

#[test]
fn every_command_ends_with_a_sentence_on_words_that_are_no_utf_8() {
    let site = Site::new();
    for strange in [b"\xff\xfe".as_slice(), b"--\xff", b"--set=\xff=\xfe", b"-\xff"] {
        each_meets("a word", &site, &|command| {
            command.arg(OsStr::from_bytes(strange));
        });
    }
}

#[test]
fn every_command_ends_with_a_sentence_in_an_environment_that_is_no_utf_8() {
    let site = Site::new();
    let names = ["HOME", "USER", "LOGNAME", "TERM", "LANG", "LC_ALL", "TZ", "COLUMNS", "PATH"];
    each_works(3, &site, &|command| {
        command.envs(names.map(|name| (name, OsStr::from_bytes(b"\xff\xfe"))));
        command.env(OsStr::from_bytes(b"\xff"), "x");
        let state = site.dir.path().join(OsStr::from_bytes(b"state\xff"));
        command.env("XDG_STATE_HOME", state);
    });
    let site = Site::new();
    each_works(4, &site, &|command| {
        command.env_clear().env("HOME", site.dir.path());
    });
}

/// The limit is one of users: root has none.
#[test]
fn every_command_ends_with_a_sentence_where_no_thread_and_no_process_can_begin() {
    if !root::is_root("another user can be played by root alone") {
        return;
    }
    const NOBODY: u32 = 64_738;
    let site = Site::new();
    let program = site.dir.path().join("calha");
    std::fs::copy(env!("CARGO_BIN_EXE_calha"), &program).unwrap();
    // The lab's programs are this one, too: where the other lies, only its owner may look.
    let of_lab = site.dir.path().join("lab/.machine/calha");
    std::fs::remove_file(&of_lab).unwrap();
    std::os::unix::fs::symlink(&program, &of_lab).unwrap();
    let given = Command::new("/bin/chown")
        .args(["-R", &format!("{NOBODY}:{NOBODY}")])
        .arg(site.dir.path())
        .status();
    assert!(given.unwrap().success());

    let all = each_meets("no process", &site, &|command| {
        let words: Vec<_> = command.get_args().map(OsStr::to_owned).collect();
        let home = site.dir.path();
        *command = Command::new("prlimit");
        command.arg("--nproc=1").arg(&program).args(words);
        command.envs([("XDG_STATE_HOME", home.join("state")), ("TMPDIR", home.to_owned())]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.uid(NOBODY).gid(NOBODY);
    });
    let check = &all.iter().find(|(words, _)| words[0] == "check").unwrap().1;
    assert_eq!(check.status, 5, "{}{}", check.out, check.err);
    assert!(check.err.contains("temporarily unavailable"), "{}", check.err);
}
