//! `uninstall --keep-server` from the command line: asked, shown beforehand, done, told, taken back.

use super::site::Site;

#[test]
fn high_availability_goes_and_the_server_stays_on_one_node() {
    let site = Site::new();
    let install = site.run("install", &["--yes"]);
    assert_eq!(install.status, 0, "{}{}", install.out, install.err);

    let wrong = site.run("uninstall", &["--keep-server", "Node3", "--mount-at-boot", "no", "-y"]);
    assert!(wrong.status == 2 && wrong.err.contains("Node1 and Node2"), "{}", wrong.err);
    // Nobody says whether it is mounted at boot: nothing is begun.
    let asked = site.run("uninstall", &["--keep-server", "Node1", "--yes"]);
    assert!(asked.status == 3 && asked.err.contains("--mount-at-boot no"), "{}", asked.err);

    // Without consent everything is shown, with sections and commands, and nothing is done.
    let keep = ["--keep-server", "Node1", "--mount-at-boot", "no"];
    let shown = site.run("uninstall", &keep);
    assert_eq!(shown.status, 3, "{}{}", shown.out, shown.err);
    for part in [
        "calha uninstall --keep-server: ",
        "section 6.9 (E41)",
        "Node1: /usr/sbin/mount /cal",
        "calha uninstall: ",
        "/usr/cluster/bin/scswitch -n -j CAL-SVR-RS",
        "speaks of another node: ",
    ] {
        assert!(shown.out.contains(part), "{part}: {}", shown.out);
    }
    assert!(shown.err.contains("uninstall") && shown.err.contains("--keep-server Node1"));
    let verify = site.run("verify", &[]);
    assert_eq!(verify.status, 0, "{}{}", verify.out, verify.err);

    let kept = site.run("uninstall", &[&keep[..], &["--yes"]].concat());
    assert_eq!(kept.status, 0, "{}{}", kept.out, kept.err);
    assert!(
        kept.out.contains("start the server by hand, as root: /opt/SUNWics5/cal/sbin/start-cal"),
        "{}",
        kept.out
    );
    let groups =
        site.types("Node1", "/usr/cluster/bin/scha_cluster_get", &["-O", "ALL_RESOURCEGROUPS"]);
    assert_eq!(groups.out.trim(), "");
    let conf = site.types("Node1", "/usr/bin/cat", &["/cal/config/ics.conf"]);
    assert!(conf.status == 0 && !conf.out.contains("local.server.ha."), "{}", conf.out);

    // Its journal is found by every command for such a journal.
    let report = site.run("report", &["--alone", "cal"]);
    assert!(
        report.status == 0 && report.out.contains("cal on Node1"),
        "{}{}",
        report.out,
        report.err
    );
    let again = site.run("uninstall", &["--keep-server", "Node1", "--yes"]);
    assert!(again.status == 0 && again.out.contains("nothing to do"), "{}{}", again.out, again.err);
    let back = site.run("uninstall", &["--keep-server", "Node1", "--rollback", "--yes"]);
    assert_eq!(back.status, 0, "{}{}", back.out, back.err);
    let mounted = site.types("Node1", "/usr/sbin/df", &["-k"]);
    assert!(!mounted.out.contains("/cal\n"), "{}", mounted.out);
}
