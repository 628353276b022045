//! An entry that vfstab would not take is refused by every command, before a node is asked.

use super::site::Site;

/// A directory with which the entry for the share is one byte longer than getvfsent(3C) reads.
fn directory() -> String {
    format!("/{}", "d".repeat(190)).repeat(5)
}

#[test]
fn no_plan_is_made_and_nothing_installed_whose_entry_is_too_long() {
    let site = Site::new();
    let before = site.lab.digest_all(&[]).unwrap();
    let share = format!("instance.cal.share-dir={}", directory());
    let commands: [(&str, &[&str]); 6] = [
        ("check", &[]),
        ("plan", &[]),
        ("plan", &["--format", "sh"]),
        ("install", &["--yes"]),
        ("install", &["--yes", "--accept", "vfstab.too-long"]),
        ("verify", &[]),
    ];
    for (command, options) in commands {
        let said = site.run(command, &[options, &["--set", &share]].concat());
        let what = "makes an entry of vfstab of 1023 bytes";
        assert!(said.status != 0 && said.err.contains(what), "{command}: {}{}", said.out, said.err);
        assert!(said.err.contains("choose a shorter directory"), "{command}: {}", said.err);
        assert!(!said.out.contains("/usr/"), "{command} printed a plan: {}", said.out);
    }
    assert_eq!(site.lab.digest_all(&[]).unwrap(), before, "something was changed");
    assert!(site.lab.calls().unwrap().is_empty(), "a node was asked");

    // One byte less is taken.
    let mut shorter = directory();
    shorter.pop();
    let said = site.run("plan", &["--set", &format!("instance.cal.share-dir={shorter}")]);
    assert!(said.status == 0 && said.out.contains(&shorter), "{}", said.err);
}
