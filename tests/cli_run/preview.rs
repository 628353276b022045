//! A plan says what is left, and shows every other change before it is made; it makes none.

use calha::node::NodeName;

use super::site::Site;

#[test]
fn a_plan_counts_what_is_left() {
    let site = Site::new();
    let fresh = site.run("plan", &["--exit-code"]);
    let counted = fresh.out.lines().nth(1).unwrap_or_default();
    assert!(counted.contains(" operations to do, ") && counted.contains(" done, "), "{counted}");
    assert_eq!(fresh.status, 3, "{}", fresh.err);

    let said = site.run("install", &["--yes"]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    let after = site.run("plan", &["--changes", "--exit-code"]);
    let right = "nothing to do: the installation is complete";
    assert_eq!(after.out.lines().nth(1), Some(right), "{}", after.out);
    assert_eq!(after.out.lines().count(), 2, "{}", after.out);
    assert_eq!(after.status, 0, "{}", after.err);
    shows_wanted_and_found(&site);
}

/// What somebody has changed and removed since, a line each.
fn shows_wanted_and_found(site: &Site) {
    let words = ["-c", "-j", "LOG-HOST-RS", "-y", "R_description=other"];
    let changed = site.types("Node1", "/usr/cluster/bin/scrgadm", &words);
    assert_eq!(changed.status, 0, "{}", changed.err);
    let vfstab = site.lab.root(&NodeName("Node2".into())).join("etc/vfstab");
    let text = std::fs::read_to_string(&vfstab).unwrap();
    let rest: Vec<&str> = text.lines().filter(|line| !line.contains("\t/cal\t")).collect();
    std::fs::write(&vfstab, rest.join("\n") + "\n").unwrap();

    let verify = site.run("verify", &[]);
    assert_eq!(verify.status, 3, "{}{}", verify.out, verify.err);
    let scha = "/usr/cluster/bin/scha_resource_get -O R_DESCRIPTION -R LOG-HOST-RS";
    let told = [
        "Node2: vfstab-entry: it was done, and someone has removed it".to_owned(),
        "  wanted: /etc/vfstab has the entry \"/dev/md/penguin/dsk/d400 ".to_owned(),
        "  found:  no line of /cal".to_owned(),
        "Node1: logical-host: ".to_owned(),
        format!("  wanted: {scha} prints LogicalHostname resource for LOG-HOST-RS"),
        "  found:  other".to_owned(),
    ];
    for (at, (line, begins)) in verify.err.lines().zip(&told).enumerate() {
        assert!(line.starts_with(begins.as_str()), "{at}: {line}\n{}", verify.err);
    }
    assert!(verify.err.contains("2 operations that are not as the profile says"), "{}", verify.err);
}

#[test]
fn what_a_preview_shows_is_what_the_command_shows_before_consent() {
    let site = Site::new();
    let said = site.run("install", &["--yes"]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    let before = site.lab.digest_all(&[]).unwrap();

    let commands: [(&[&str], &str, &[&str]); 5] = [
        (&["--uninstall"], "uninstall", &[]),
        (&["--rollback", "--from", "ha-block"], "rollback", &["--from", "ha-block"]),
        (&["--service", "failover"], "service failover", &[]),
        (&["--restore", "/etc/vfstab"], "restore", &["--file", "/etc/vfstab"]),
        (&["--debug"], "debug on", &[]),
    ];
    for (options, command, typed) in commands {
        let shown = site.run("plan", options);
        assert_eq!(shown.status, 0, "{options:?}: {}{}", shown.out, shown.err);

        let end = "nothing was changed; to do this, type:";
        let (announced, next) = shown.out.split_once(end).expect("the end of a preview");
        let path = site.profile.display().to_string();
        let whole = format!("calha {command} {path} {}", typed.join(" "));
        assert_eq!(next.trim(), whole.trim(), "{options:?}");

        let mut words: Vec<&str> = command.split(' ').collect();
        words.push(&path);
        words.extend(typed);
        let asked = site.calha(&words);
        assert_eq!(asked.status, 3, "nobody agreed: {}", asked.err);
        assert!(asked.out.starts_with(announced), "{announced}\n---\n{}", asked.out);
    }
    assert_eq!(site.lab.digest_all(&[]).unwrap(), before, "something was changed");
}
