//! What somebody is asked or told at a terminal stands there once.

use calha::node::NodeName;

use super::site::Site;
use super::{agree_until, start};

/// A site that is installed, and an entry that somebody has taken away on both nodes.
fn without_entries() -> Site {
    let site = Site::new();
    let installed = site.run("install", &["--yes"]);
    assert_eq!(installed.status, 0, "{}{}", installed.out, installed.err);
    for node in ["Node1", "Node2"] {
        let vfstab = site.lab.root(&NodeName(node.into())).join("etc/vfstab");
        let text = std::fs::read_to_string(&vfstab).unwrap();
        let rest: Vec<&str> = text.lines().filter(|line| !line.contains("\t/cal\t")).collect();
        assert!(rest.len() < text.lines().count(), "{text}");
        std::fs::write(&vfstab, rest.join("\n") + "\n").unwrap();
    }
    site
}

fn count(text: &str, of: &str) -> usize {
    text.matches(of).count()
}

#[test]
fn a_question_is_put_once_whichever_nodes_it_is_about_and_however_often_it_comes_up() {
    let site = without_entries();
    let mut pty = start(&site, &["install"], &[]);
    pty.waits_for("somebody has removed it");
    pty.waits_for("accept? [y/N] ");
    pty.types("n");
    assert_eq!(pty.ends().code(), Some(3), "{}", pty.screen());
    let written = pty.written();
    assert_eq!(count(&written, "accept? [y/N]"), 1, "{written}");
    assert!(written.contains("[drift.vfstab-entry] on Node2, as shown above"), "{written}");
    assert_eq!(count(&written, "accepting it"), 1, "{written}");
    assert_eq!(count(&written, "question drift"), 0, "{written}");

    let mut pty = start(&site, &["install"], &[]);
    pty.waits_for("accept? [y/N] ");
    pty.types("y");
    pty.waits_for("go on with these steps? [s]how [y/N] ");
    pty.types("y");
    agree_until(&mut pty, "operations carried out");
    assert_eq!(pty.ends().code(), Some(0), "{}", pty.screen());
    assert_eq!(count(&pty.written(), "accept? [y/N]"), 1, "{}", pty.written());
    assert_eq!(count(&pty.written(), "question drift"), 0, "{}", pty.written());
    let report = site.run("report", &[]);
    for node in ["Node1", "Node2"] {
        let line = format!("drift.vfstab-entry accepted on {node}: ");
        assert_eq!(count(&report.out, &line), 1, "{}", report.out);
    }
    let verify = site.run("verify", &[]);
    assert_eq!(verify.status, 0, "{}{}", verify.out, verify.err);
}

#[test]
fn the_report_says_what_was_accepted_on_the_command_line() {
    let site = without_entries();
    let installed = site.run("install", &["--yes", "--accept", "drift.vfstab-entry"]);
    assert_eq!(installed.status, 0, "{}{}", installed.out, installed.err);
    assert_eq!(count(&installed.out, "question drift.vfstab-entry on Node1"), 1);
    let report = site.run("report", &[]);
    let lines = [
        "accepted on the command line: drift.vfstab-entry",
        "drift.vfstab-entry accepted on Node1: ",
        "drift.vfstab-entry accepted on Node2: ",
    ];
    for line in lines {
        assert_eq!(count(&report.out, line), 1, "{line}\n{}", report.out);
    }
}

#[test]
fn a_problem_is_told_once() {
    let site = Site::new();
    let made = site.types("Node1", "/usr/sbin/groupadd", &["-g", "5001", "others"]);
    assert_eq!(made.status, 0, "{}", made.err);
    let mut pty = start(&site, &["install"], &[]);
    pty.waits_for("look again? [y/N] ");
    pty.types("n");
    assert_eq!(pty.ends().code(), Some(1), "{}", pty.screen());
    let written = pty.written();
    assert_eq!(count(&written, "hint: "), 1, "{written}");
    assert!(written.contains("[preflight.id-taken] as shown above"), "{written}");
    // Where the two outputs go to different places, each has it.
    let apart = site.run("install", &["--yes"]);
    for said in [&apart.out, &apart.err] {
        assert_eq!(count(said, "hint: "), 1, "{said}");
    }
}

#[test]
fn a_worksheet_on_a_terminal_shows_no_data_of_its_picture() {
    let site = Site::new();
    let mut pty = start(&site, &["worksheet"], &[]);
    pty.waits_for("Worksheet of the cluster");
    assert_eq!(pty.ends().code(), Some(0), "{}", pty.screen());
    assert_eq!(count(&pty.written(), "data:"), 0, "{}", pty.written());

    let piped = site.run("worksheet", &[]);
    assert!(piped.status == 0 && piped.out.contains("](data:image/svg+xml,"), "{}", piped.err);
}
