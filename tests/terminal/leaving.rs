//! Questions about what may do harm, and how somebody leaves them: what was not agreed to does not
//! happen, and what was made for the occasion is put away.

use super::pty::Pty;
use super::site::Site;
use super::{CALHA, start};

fn installed() -> Site {
    let site = Site::new();
    let installed = site.run("install", &["--yes"]);
    assert_eq!(installed.status, 0, "{}{}", installed.out, installed.err);
    site
}

#[test]
fn restore_says_what_it_endangers_and_only_a_yes_takes_the_file_back() {
    let site = installed();
    let calls = site.changing_calls();
    let restore = ["restore", "--file", "/etc/vfstab"];
    // What was typed before the question answers nothing; ^C and no leave the file as it is.
    for (keys, status) in [("\u{3}", 130), ("n", 3), ("\u{1b}", 3)] {
        let mut pty = start(&site, &restore, &[]);
        pty.types("y\ny\n");
        pty.waits_for("restore.endangers");
        pty.waits_for("undo these? [y/N] ");
        pty.types(keys);
        assert_eq!(pty.ends().code(), Some(status), "{keys:?}\n{}", pty.written());
        assert!(pty.written().contains(" on it; to put it back:"), "{}", pty.written());
        assert_eq!(site.changing_calls(), calls, "{keys:?}");
        let verify = site.run("verify", &[]);
        assert_eq!(verify.status, 0, "{keys:?}\n{}{}", verify.out, verify.err);
    }

    let mut pty = start(&site, &restore, &[]);
    pty.waits_for("undo these? [y/N] ");
    pty.types("y");
    // As with every undo, each step is agreed to.
    pty.waits_for("Enter undoes; [s]how [e]xplain [a]ll [q]uit > ");
    assert_eq!(site.changing_calls(), calls);
    pty.types("\n");
    assert_eq!(pty.ends().code(), Some(0), "{}", pty.written());
    assert_eq!(site.run("verify", &[]).status, 3);
}

#[test]
fn the_configurator_that_asks_is_not_begun_where_the_share_is_not_mounted() {
    let site = Site::new();
    let attended = ["install", "--set", "configurator.mode=attended"];
    let mut pty = start(&site, &attended, &[]);
    pty.waits_for("go on with these steps? [s]how [y/N] ");
    pty.types("y");
    while pty.waits_for_one(&["[q]uit > ", "configure-primary: "]) == 0 {
        pty.types("\n");
    }
    pty.waits_for("[q]uit > ");
    let away = site.types("Node1", "/usr/sbin/umount", &["/cal"]);
    assert_eq!(away.status, 0, "{}", away.err);
    pty.types("\n");
    assert_eq!(pty.ends().code(), Some(1), "{}", pty.written());

    let written = pty.written();
    assert!(
        written.contains("/cal is not mounted on this node; calha changed nothing below"),
        "{written}"
    );
    assert!(!written.contains("LDAP server host"), "{written}");
    assert!(!site.lab.root(&calha::node::NodeName("Node1".into())).join("cal/config").exists());
}

#[test]
fn control_c_at_a_rehearsals_question_puts_the_simulated_cluster_away() {
    let site = Site::new();
    let scratch = site.dir.path().join("scratch");
    std::fs::create_dir(&scratch).unwrap();
    let profile = site.profile.to_str().unwrap();
    let words = ["rehearse", profile, "--set", "configurator.mode=attended"];
    let mut pty = Pty::start(CALHA, &words, &[("TMPDIR", scratch.to_str().unwrap())], 30, 80);
    pty.waits_for("LDAP server host");
    assert_eq!(std::fs::read_dir(&scratch).unwrap().count(), 1);
    pty.types("\u{3}");
    assert_eq!(pty.ends().code(), Some(130), "{}", pty.written());
    assert_eq!(std::fs::read_dir(&scratch).unwrap().count(), 0, "{}", pty.written());
    assert!(pty.written().contains("next: calha rehearse "), "{}", pty.written());
}
