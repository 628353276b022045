//! Somebody in front of programs of a node that ask, and at the questions around them, who leaves
//! in the middle. Whole installations are elsewhere.

use super::pty::Pty;
use super::site::Site;
use super::{ANSWERS, start};

const ATTENDED: [&str; 4] =
    ["--set", "configurator.mode=attended", "--set", "directory.mode=attended"];

fn run(site: &Site, command: &str) -> Pty {
    start(site, &[&[command][..], &ATTENDED].concat(), &[])
}

/// Agrees to the steps up to this program's question; where calha asks instead, it is agreed to.
fn reach(pty: &mut Pty, question: &str) {
    pty.waits_for("go on with these steps? [s]how [y/N] ");
    pty.types("y");
    pty.waits_for("[q]uit > ");
    pty.types("a\n");
    reach_next(pty, question);
}

fn reach_next(pty: &mut Pty, question: &str) {
    while pty.waits_for_one(&["[q]uit > ", question]) == 0 {
        pty.types("\n");
    }
}

#[test]
fn control_c_in_a_program_that_asks_ends_it_and_the_run_and_the_way_goes_on() {
    let site = Site::new();
    // Where calha has it recorded when the profile names no file.
    let profile = std::fs::read_to_string(&site.profile).unwrap();
    let named = "state-file = \"/var/tmp/calha-configurator.state\"\n";
    assert!(profile.contains(named), "{profile}");
    std::fs::write(&site.profile, profile.replace(named, "")).unwrap();
    // comm_dssetup.pl first, then the configurator, and to the end.
    let questions = [
        ("Do you want to continue?", "y\n\n\n\nsecret\n\n\n2\n\n\n\ny\n"),
        ("LDAP server host", ANSWERS),
    ];
    for (at, (question, answers)) in questions.into_iter().enumerate() {
        let mut pty = run(&site, if at == 0 { "install" } else { "resume" });
        reach(&mut pty, question);
        pty.types("\u{3}");
        assert_eq!(pty.ends().code(), Some(130), "{question}\n{}", pty.screen());
        let written = pty.written();
        assert!(written.contains("next: calha resume"), "{written}");
        assert!(!written.contains("^Cinterrupted"), "{written}");

        let mut pty = run(&site, "resume");
        reach(&mut pty, question);
        pty.types(answers);
        if at + 1 < questions.len() {
            reach_next(&mut pty, questions[at + 1].0);
            pty.types("\u{3}");
            assert_eq!(pty.ends().code(), Some(130), "{}", pty.screen());
        } else {
            reach_next(&mut pty, "operations carried out");
            assert_eq!(pty.ends().code(), Some(0), "{}", pty.screen());
        }
    }

    let record = "var/opt/calha/calendar-cluster/site";
    let record = site.lab.root(&calha::node::NodeName("Node1".into())).join(record);
    assert!(record.join("configurator-cal.state").is_file());
    let mode = std::os::unix::fs::PermissionsExt::mode(&record.metadata().unwrap().permissions());
    assert_eq!(mode & 0o777, 0o700);
}
