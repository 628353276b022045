//! Before the first change: what the profile lacks is asked, and what is in the way is put right.

use calha::profile;

use super::walk::Walk;

/// A profile that lacks something is completed on the way and kept; where nobody is there, that is said.
#[test]
fn an_installation_asks_what_its_profile_lacks_and_records_it() {
    let walk = Walk::of("asymmetric");
    let text = std::fs::read_to_string(&walk.site.profile).unwrap();
    let partial: String = text
        .lines()
        .filter(|l| !l.starts_with("uid =") && !l.starts_with("block-device ="))
        .map(|l| format!("{l}\n"))
        .collect();
    std::fs::write(walk.site.dir.path().join("partial.toml"), partial).unwrap();
    let nobody = walk.calha(&["install", "partial.toml", "--record", "whole.toml", "--yes"]);
    assert!(nobody.status == 3 && nobody.err.contains("--set account.uid="), "{}", nobody.err);
    let plain = walk.calha(&["install", "partial.toml", "--yes"]);
    assert!(plain.status == 2 && plain.err.contains("account.uid is missing"), "{}", plain.err);

    let mut pty = walk.start(
        &["install", "partial.toml", "--record", "whole.toml", "--set", "instance.cal.port=8080"],
        80,
    );
    for (question, typed) in [
        ("cal.block-device", "/dev/md/penguin/dsk/d400\n"),
        ("account.uid", "5001\n"),
        ("Enter writes whole.toml and goes on", "\n"),
    ] {
        pty.waits_for(question);
        pty.waits_for("> ");
        pty.types(typed);
    }
    pty.waits_for("go on with these steps?");
    pty.types("n");
    assert_eq!(pty.ends().code(), Some(3), "{}", pty.screen());
    let whole = profile::load(&walk.site.dir.path().join("whole.toml"), &[]).unwrap();
    assert_eq!((whole.settings.account.uid, whole.settings.instances[0].port), (5001, 8080));
    let again = walk.calha(&["install", "partial.toml", "--record", "whole.toml"]);
    assert!(again.status == 2 && again.err.contains("not written over"), "{}", again.err);
}

/// What is in the way of the first change is told together, each with its remedy, and looked at again once it was put right.
#[test]
fn problems_before_the_first_change_are_put_right_and_looked_at_again() {
    let walk = Walk::of("asymmetric");
    std::fs::copy(&walk.site.profile, walk.profile()).unwrap();
    assert_eq!(
        walk.site.types("Node2", "/usr/sbin/groupadd", &["-g", "7000", "icsgroup"]).status,
        0
    );
    assert_eq!(walk.site.types("Node1", "/usr/sbin/groupadd", &["-g", "5001", "others"]).status, 0);
    let mut pty = walk.start(&["install", "new.toml"], 80);
    pty.waits_for("2 problems are in the way of the first change; look again?");
    let screen = pty.screen();
    for part in ["PROBLEM [preflight.account]", "PROBLEM [preflight.id-taken]", "hint: "] {
        assert!(screen.contains(part), "{screen}");
    }
    assert_eq!(walk.site.types("Node1", "/usr/sbin/groupdel", &["others"]).status, 0);
    pty.types("y");
    pty.waits_for("1 problem is in the way of the first change; look again?");
    assert_eq!(walk.site.types("Node2", "/usr/sbin/groupdel", &["icsgroup"]).status, 0);
    pty.types("y");
    pty.waits_for("go on with these steps?");
    pty.types("n");
    assert_eq!(pty.ends().code(), Some(3), "{}", pty.screen());
    // Where nobody is there, it ends with all of them.
    assert_eq!(walk.site.types("Node1", "/usr/sbin/groupadd", &["-g", "5001", "others"]).status, 0);
    let nobody = walk.calha(&["install", "new.toml", "--yes"]);
    assert!(nobody.status == 1 && nobody.err.contains("[preflight.id-taken]"), "{}", nobody.err);
}
