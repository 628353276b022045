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
