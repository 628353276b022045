//! What a report, a worksheet and an export say to somebody who types what they print.

use super::site::Site;

#[test]
fn a_report_names_the_user_and_commands_that_move_nothing() {
    let site = Site::new();
    let without = site.run("report", &[]);
    assert!(
        without.status == 2 && without.err.contains("nothing was installed from here"),
        "{}",
        without.err
    );

    let install = site.run("install", &["--yes"]);
    assert_eq!(install.status, 0, "{}{}", install.out, install.err);
    let profile = site.profile.to_str().unwrap();
    let mut nameless = site.program(&["report", profile]);
    let output = nameless.env_remove("USER").env_remove("LOGNAME").output().unwrap();
    let report = String::from_utf8_lossy(&output.stdout).into_owned();
    let made = report.lines().find(|line| line.starts_with("Made ")).unwrap();
    assert!(!made.contains("somebody") && made.contains(" on "), "{made}");

    for (row, moves) in [("start", false), ("restart", false), ("move", true)] {
        let row = report.lines().find(|line| line.starts_with(&format!("| cal: {row}"))).unwrap();
        assert!(row.contains("`/usr/cluster/bin/scswitch "), "{row}");
        assert_eq!(row.contains("scswitch -z"), moves, "{row}");
    }

    // Both nodes in turn, each while the service is on the other.
    let upgrade = report.split("## How to upgrade its programs").nth(1).unwrap();
    let order =
        ["programs on Node2", "--to Node2", "programs on Node1", "--to Node1", "not proved"];
    let places: Vec<_> = order.iter().map(|words| upgrade.find(words).unwrap()).collect();
    assert!(places.is_sorted(), "{upgrade}");
    assert!(report.contains("Related documents (6.12): Sun Cluster Concepts Guide"), "{report}");
    ends_with_what_is_left(&site, &install.err);
}

/// The end of an installation names the service, that of an uninstallation what is left of it.
fn ends_with_what_is_left(site: &Site, installed: &str) {
    let service = "service: http://cal-host.example.com/ (192.0.2.10 port 80, group CAL-RG)";
    assert!(installed.contains(service), "{installed}");

    let profile = site.profile.to_str().unwrap();
    assert_eq!(site.calha(&["debug", "on", profile, "--level", "9", "--yes"]).status, 0);
    let gone = site.run("uninstall", &["--yes", "--accept", "drift.vfstab-entry"]);
    assert_eq!(gone.status, 0, "{}{}", gone.out, gone.err);
    for said in [
        "What is left, and how root removes it where calha knows a way:",
        "    rm /opt/SUNWics5/cal/config",
        "mount -F ufs /dev/md/penguin/dsk/d400 /mnt && { rm -r /mnt/config /mnt/csdb /mnt/store \
         /mnt/logs /mnt/tmp; umount /mnt; }",
        "once no file is theirs: userdel icsuser; groupdel icsgroup",
        &format!("Debugging is still on: calha debug off {profile}"),
    ] {
        assert!(gone.err.contains(said), "no {said:?} in\n{}", gone.err);
    }

    let share = site.dir.path().join("lab/volumes/dev_md_penguin_dsk_d400");
    let names = || std::fs::read_dir(&share).unwrap().count();
    assert!(names() > 0, "data stays");
    let line = gone.err.lines().find(|line| line.contains("mount -F")).unwrap().trim();
    let typed = site.types("Node1", "/bin/sh", &["-c", line]);
    assert_eq!((typed.status, names()), (0, 0), "{line}: {}{}", typed.out, typed.err);

    let removal = site.run("report", &[]);
    assert_eq!(removal.status, 0, "{}", removal.err);
    for said in [
        "# Removal report: calendar-cluster, asymmetric model",
        "**calha uninstall has removed the installation (",
        "* accepted on the command line: drift.vfstab-entry",
        "Node1: stays: what the configurator writes is Calendar Server's own",
    ] {
        assert!(removal.out.contains(said), "no {said:?} in\n{}", removal.out);
    }
    assert!(!removal.out.contains("calha service"), "nothing is there to be operated");
}

#[test]
fn an_export_says_each_host_once_and_by_its_setting() {
    let site = Site::new();
    let playbook = site.dir.path().join("playbook");
    let words = ["export", "ansible", site.profile.to_str().unwrap(), playbook.to_str().unwrap()];
    let refused = site.calha(&words);
    assert_eq!(refused.status, 2, "{}{}", refused.out, refused.err);
    for key in ["node.Node1.connection", "node.Node2.connection", "directory.connection"] {
        assert_eq!(refused.err.matches(&format!("{key}: ")).count(), 1, "{}", refused.err);
        assert!(refused.err.contains(&format!("--set '{key}=\"ssh\"'")), "{}", refused.err);
    }
    assert!(!refused.err.contains("node.ldap"), "{}", refused.err);

    // Every option as the hint prints it.
    let mut words = vec!["export", "ansible", site.profile.to_str().unwrap()];
    words.push(playbook.to_str().unwrap());
    let settings =
        ["node.Node1", "node.Node2", "directory"].map(|host| format!("{host}.connection=\"ssh\""));
    words.extend(settings.iter().flat_map(|setting| ["--set", setting]));
    let written = site.calha(&words);
    assert_eq!(written.status, 0, "{}{}", written.out, written.err);
}
