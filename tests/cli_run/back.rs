//! Ways back on nodes on disk, through the program: what `restore`, `rollback --from` and `resume`
//! leave and find.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use calha::lab::{Fault, Trouble};
use calha::node::NodeName;

use super::site::{Said, Site};

fn ok(said: Said) -> Said {
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    said
}

fn place(site: &Site) -> Vec<String> {
    let state = |node: &str| {
        let words = ["-O", "RG_STATE_NODE", "-G", "CAL-RG", node];
        let said = site.types(node, "/usr/cluster/bin/scha_resourcegroup_get", &words);
        said.out.trim().to_owned()
    };
    ["Node1", "Node2"].map(state).to_vec()
}

#[test]
fn a_file_is_restored_and_put_back_below_a_running_service_on_its_other_node() {
    let site = Site::new();
    ok(site.run("install", &["--yes"]));
    let profile = site.profile.to_str().unwrap();
    ok(site.calha(&["service", "failover", profile, "--yes"]));
    assert_eq!(place(&site), ["OFFLINE", "ONLINE"]);

    let cut = |site: &Site| site.lab.cluster().unwrap().interruptions.len();
    let (calls, before) = (site.changing_calls(), cut(&site));
    let asked = site.run("restore", &["--file", "/cal/config/ics.conf"]);
    assert_eq!((asked.status, site.changing_calls()), (3, calls), "{}", asked.err);
    let back = ok(site.run("restore", &["--file", "/cal/config/ics.conf", "--yes"]));
    assert!(back.out.contains("CAL-SVR-RS does not start again on any node"), "{}", back.out);

    ok(site.run("install", &["--yes"]));
    let given = site.lab.changing_calls().unwrap().split_off(calls);
    let cluster = |program: &str| program.starts_with("sc") || program.starts_with("cscon");
    let given: Vec<String> = given.into_iter().map(|call| call.program).collect();
    assert!(!given.iter().any(|program| cluster(program)), "{given:?}");
    assert_eq!(cut(&site), before);
    assert_eq!(place(&site), ["OFFLINE", "ONLINE"]);
    ok(site.run("verify", &[]));
}

#[test]
fn after_a_rollback_of_some_steps_resume_installs_them_again() {
    let site = Site::new();
    ok(site.run("install", &["--yes"]));
    for step in ["logical-host", "ha-block"] {
        let back = ok(site.run("rollback", &["--from", step, "--yes"]));
        assert!(back.out.contains("it runs on Node1 and is stopped"), "{step}: {}", back.out);
        ok(site.run("resume", &["--yes"]));
        ok(site.run("verify", &[]));
    }
    ok(site.run("uninstall", &["--yes"]));
}

/// A step that there is not is a mistyped word: said before any node is asked, with those that
/// there are.
#[test]
fn a_step_that_there_is_not_is_a_mistake_on_the_command_line() {
    let site = Site::new();
    for (command, option) in [("install", "--from"), ("install", "--only"), ("rollback", "--from")]
    {
        let said = site.run(command, &[option, "ha-blok", "--yes"]);
        let words: Vec<&str> = said.err.split_whitespace().collect();
        let words = words.join(" ");
        assert_eq!(said.status, 2, "{command} {option}: {words}");
        for part in ["there is no step ha-blok", "did you mean ha-block?", "vfstab-entry"] {
            assert!(words.contains(part), "{command} {option}: {words}");
        }
    }

    // What accepts nothing is not silently of no use.
    for command in ["install", "plan", "verify", "rollback", "service restart", "debug on"] {
        for (code, part) in [
            ("nosuch.code", "calha explain --codes"),
            ("preflight.devic", "did you mean preflight.device?"),
            ("drift.vfstab-entri", "did you mean drift.vfstab-entry?"),
            ("drift.vfstab-entry-cs1", "did you mean vfstab-entry?"),
        ] {
            let words: Vec<&str> = command.split(' ').collect();
            let profile = site.profile.to_str().unwrap();
            let said = site.calha(&[&words[..], &[profile, "--accept", code]].concat());
            assert_eq!(said.status, 2, "{command} {code}: {}", said.err);
            let words: Vec<&str> = said.err.split_whitespace().collect();
            assert!(words.join(" ").contains(part), "{command} {code}: {}", said.err);
        }
    }
}

/// What is said of a run that took everything back because a step failed: why, how much, and what
/// is typed next.
#[test]
fn a_failure_that_takes_everything_back_says_so_and_counts_right() {
    let site = Site::new();
    let nowhere = Fault::StartFails { resource: "CAL-HASP-RS".into(), host: None };
    site.lab.inject(nowhere).unwrap();
    let said = site.run("install", &["--yes", "--on-failure", "rollback"]);
    assert_eq!(said.status, 1, "{}{}", said.out, said.err);
    assert_eq!(said.out.matches("FAILED on ").count(), 1, "{}", said.out);
    for (text, times) in [
        ("calha undid everything", 1),
        ("Everything done so far is kept", 0),
        ("calha resume", 0),
        ("or undo everything", 0),
    ] {
        assert_eq!(said.err.matches(text).count(), times, "{text}\n{}", said.err);
    }
    let profile = site.profile.display();
    let why = "put right why CAL-HASP-RS does not start on Node1";
    let next = format!("next: {why}, then calha install {profile}");
    assert!(said.err.contains(&next), "{}", said.err);

    // Each operation that goes has a line, and those that stay do not count.
    let goes = |line: &&str| line.ends_with(" undone") && !line.contains(" stays: ");
    let told = said.out.lines().filter(goes).count();
    let sum = said.out.lines().find_map(|line| line.strip_suffix(" operations undone"));
    let count: usize = sum.unwrap_or_else(|| panic!("{}", said.out)).parse().unwrap();
    assert_eq!(count + 1, told, "{}", said.out);

    site.lab.clear_faults().unwrap();
    let again = site.run("install", &["--yes"]);
    assert_eq!(again.status, 0, "{}{}", again.out, again.err);
}

/// What is left is named at the end of every undo of the whole, also of one that was gone on with,
/// and never what no step came to make.
#[test]
fn what_is_left_is_told_by_whatever_ends_an_undo_and_only_what_is_there() {
    let site = Site::new();
    let fails_first = |program: &str, host: Option<NodeName>| {
        let (program, argument) = (program.to_owned(), None);
        let trouble = Trouble::Fails { status: 1, text: "no".to_owned() };
        site.lab.inject(Fault::Call { program, host, argument, nth: 1, seen: 0, trouble }).unwrap();
    };

    fails_first("installer", Some(NodeName("Node1".into())));
    let failed = site.run("install", &["--yes"]);
    assert!(failed.err.contains("step software"), "{}{}", failed.out, failed.err);
    let back = ok(site.run("rollback", &["--yes"]));
    let told = back.out + &back.err;
    let packages = |node: &str| told.contains(&format!("{node}: the packages of Calendar Server"));
    let told_of = ["Node1", "Node2", "Node1, Node2"].map(packages);
    assert!(!told_of[0] && !told_of[2], "{told}");

    site.lab.clear_faults().unwrap();
    ok(site.run("install", &["--yes"]));
    fails_first("scrgadm", None);
    let stuck = site.run("uninstall", &["--yes"]);
    assert_ne!(stuck.status, 0, "{}", stuck.out);
    site.lab.clear_faults().unwrap();
    let on = ok(site.run("resume", &["--yes"]));
    let left = "What is left, and how root removes it where calha knows a way:";
    assert!(on.err.contains(left) && on.err.contains("/opt/SUNWics5"), "{}", on.err);
    assert!(!on.err.contains("hand-over report"), "{}", on.err);
}

/// What calha left once is its own still: a later installation finds it, and a later undo names it.
#[test]
fn what_an_installation_left_is_named_again_by_the_undo_of_the_next() {
    let site = Site::new();
    let cycle = || {
        ok(site.run("install", &["--yes"]));
        let said = ok(site.run("uninstall", &["--yes"])).err;
        let left = said.split_once("What is left").unwrap().1;
        left.lines().map(str::to_owned).collect::<BTreeSet<_>>()
    };
    let first = cycle();
    assert!(first.iter().any(|line| line.contains("the packages of Calendar Server")), "{first:?}");

    let verify = site.run("verify", &[]);
    assert!(verify.err.contains("software: is there still, an earlier installation left it"));
    for untrue in ["in its place", "service.not-online", "accounts: would be done"] {
        assert!(!(verify.err.clone() + &verify.out).contains(untrue), "{untrue}: {}", verify.err);
    }
    assert_eq!(cycle(), first);
    assert_eq!(cycle(), first);
}

#[test]
fn an_uninstallation_that_was_killed_goes_on_by_what_status_and_verify_say() {
    let site = Site::new();
    let profile = site.profile.to_str().unwrap();
    let said = site.run("install", &["--yes"]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);

    // The group is online then, and what mounts its file system is no more.
    let mut run = site.program(&["uninstall", profile, "--yes"]);
    let mut run = run.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(run.stdout.take().unwrap()).lines().map_while(Result::ok);
    assert!(lines.any(|line| line.contains("] undo hasp-resource")));
    run.kill().unwrap();
    run.wait().unwrap();

    let resume = format!("calha resume {profile}");
    let status = site.run("status", &[]);
    assert!(status.out.contains(&format!("\nnext      {resume}\n")), "{}", status.out);
    let verify = site.run("verify", &[]);
    assert!(verify.err.ends_with(&format!("\nnext: {resume}\n")), "{}", verify.err);
    let end = site.run("resume", &["--yes"]);
    assert_eq!(end.status, 0, "{}{}", end.out, end.err);
    assert!(site.run("status", &[]).out.contains("the installation was undone"));
}
