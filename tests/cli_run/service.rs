//! Start, stop, failover, restart and removal of a service, each validated (6.8).

use super::site::{Said, Site};

fn service(site: &Site, action: &str, more: &[&str]) -> Said {
    let mut args = vec!["service", action, site.profile.to_str().unwrap()];
    args.extend(more);
    args.push("--yes");
    site.calha(&args)
}

fn state(site: &Site, resource: &str, node: &str) -> String {
    let group = resource.replace("SVR-", "").replace("-RS", "-RG");
    site.types(
        node,
        "/usr/cluster/bin/scha_resource_get",
        &["-O", "RESOURCE_STATE_NODE", "-R", resource, "-G", &group, node],
    )
    .out
    .trim()
    .to_owned()
}

#[test]
fn the_service_of_an_instance_is_stopped_started_moved_restarted_and_removed() {
    let site = Site::of("symmetric");
    // What is not there is not stopped, nor is that called a failure of the cluster.
    for action in ["start", "stop", "restart"] {
        let early = service(&site, action, &["cs1"]);
        assert_eq!((early.status, site.changing_calls()), (1, 0), "{}{}", early.out, early.err);
        assert!(early.err.contains("CAL-SVR-CS1-RS is not in the cluster"), "{}", early.err);
        assert!(early.err.contains("next: install it: calha install "), "{}", early.err);
    }
    let install = site.run("install", &["--yes"]);
    assert_eq!(install.status, 0, "{}{}", install.out, install.err);

    // Which one is meant has to be said, by a name that exists, on a node that exists.
    let failover = format!("calha service failover {}", site.profile.display());
    let each = format!("{failover} cs1\n        {failover} cs2\n");
    for (more, wanted) in [
        (&[][..], each.as_str()),
        (&["cs3"], "did you mean"),
        (&["cs1", "--to", "Node3"], "its nodes are Node1, Node2"),
    ] {
        let refused = service(&site, "failover", more);
        assert!(
            matches!(refused.status, 1 | 2) && refused.err.contains(wanted),
            "{more:?}: {} {}",
            refused.status,
            refused.err
        );
    }
    // Nobody agrees, nothing happens.
    let calls = site.changing_calls();
    let unasked = site.calha(&["service", "stop", site.profile.to_str().unwrap(), "cs1"]);
    assert_eq!((unasked.status, site.changing_calls()), (3, calls), "{}", unasked.err);

    let stop = service(&site, "stop", &["cs1"]);
    assert_eq!(stop.status, 0, "{}{}", stop.out, stop.err);
    assert!(
        stop.out
            .contains("before: Node1: group CAL-CS1-RG ONLINE, LOG-HOST-CS1-RS ONLINE, CAL-HASP-CS1-RS ONLINE, CAL-SVR-CS1-RS ONLINE"),
        "{}",
        stop.out
    );
    assert!(stop.out.contains("CAL-SVR-CS1-RS OFFLINE"), "{}", stop.out);
    // What stood before is no proof.
    let proofs = stop.out.lines().filter(|line| line.trim_start().starts_with("proof: Node1: "));
    assert_eq!(proofs.count(), 1, "{}", stop.out);
    assert_eq!(
        (
            state(&site, "CAL-SVR-CS1-RS", "Node1").as_str(),
            state(&site, "CAL-SVR-CS2-RS", "Node2").as_str()
        ),
        ("OFFLINE", "ONLINE")
    );
    let again = service(&site, "stop", &["cs1"]);
    assert_eq!(
        (again.status, again.out.lines().last()),
        (0, Some("nothing to do")),
        "{}",
        again.out
    );

    // What is stopped moves without being started.
    let over = service(&site, "failover", &["cs1"]);
    assert_eq!(over.status, 0, "{}{}", over.out, over.err);
    assert!(over.out.contains("Node2: group CAL-CS1-RG ONLINE"), "{}", over.out);
    assert_eq!(state(&site, "CAL-SVR-CS1-RS", "Node2"), "OFFLINE");
    let start = format!("next: calha service start {} cs1\n", site.profile.display());
    let unserved = "CAL-SVR-CS1-RS is disabled: users of cs1 are not served\n";
    assert!(over.err.ends_with(&format!("{unserved}{start}")), "{}", over.err);
    let start = service(&site, "start", &["cs1"]);
    assert_eq!(start.status, 0, "{}{}", start.out, start.err);
    assert!(start.out.contains("Node2: listens on 192.0.2.10 port 80"), "{}", start.out);

    // Both on one node, and back.
    assert_eq!(
        (
            state(&site, "CAL-SVR-CS1-RS", "Node2").as_str(),
            state(&site, "CAL-SVR-CS2-RS", "Node2").as_str()
        ),
        ("ONLINE", "ONLINE")
    );
    let calls = site.changing_calls();
    // The group stays where it is, so nothing reads like a move to the node that it prefers.
    let shown = site.run("plan", &["--service", "restart", "--instance", "cs1"]);
    assert!(shown.out.contains("scswitch -e -j CAL-SVR-CS1-RS"), "{}", shown.out);
    assert!(!shown.out.contains("scswitch -z"), "{}", shown.out);
    let restart = service(&site, "restart", &["cs1"]);
    assert_eq!(restart.status, 0, "{}{}", restart.out, restart.err);
    assert_eq!(
        site.changing_calls(),
        calls + 2,
        "one command to stop, one to start: {}",
        restart.out
    );
    let back = service(&site, "failover", &["cs1", "--to", "Node1"]);
    assert_eq!(back.status, 0, "{}{}", back.out, back.err);
    assert_eq!(state(&site, "CAL-SVR-CS1-RS", "Node1"), "ONLINE");
    assert!(!back.err.contains("not served"), "{}", back.err);
    assert_eq!(site.run("verify", &[]).status, 0);

    // What failed on its way is not moved away again by what goes on with it.
    let resource = "CAL-SVR-CS1-RS".to_owned();
    let host = Some(calha::node::NodeName("Node2".into()));
    site.lab.inject(calha::lab::Fault::StartFails { resource, host }).unwrap();
    let failed = service(&site, "failover", &["cs1"]);
    assert_eq!(failed.status, 1, "{}{}", failed.out, failed.err);
    let on = failed.err.lines().find(|line| line.contains("then calha service failover "));
    assert!(on.is_some_and(|line| line.ends_with(" --to Node2")), "{}", failed.err);
    site.lab.clear_faults().unwrap();
    // What is to be typed first and what goes on are one command here, and named once.
    let resource = "CAL-SVR-CS1-RS".to_owned();
    site.lab.inject(calha::lab::Fault::StartFails { resource, host: None }).unwrap();
    let failed = service(&site, "restart", &["cs1"]);
    assert_eq!(failed.status, 1, "{}{}", failed.out, failed.err);
    assert_eq!(failed.err.matches("calha service restart ").count(), 1, "{}", failed.err);
    site.lab.clear_faults().unwrap();
    assert_eq!(service(&site, "restart", &["cs1"]).status, 0);
    let back = service(&site, "failover", &["cs1", "--to", "Node1"]);
    assert_eq!(back.status, 0, "{}{}", back.out, back.err);

    // A node that is dead is left out; the other one takes the service and can be asked.
    site.lab.kill_node(&calha::node::NodeName("Node1".into())).unwrap();
    let dead = service(&site, "restart", &["cs1"]);
    assert_eq!(dead.status, 0, "{}{}", dead.out, dead.err);
    assert!(
        dead.err.contains("left out") && dead.out.contains("Node2: listens on 192.0.2.10 port 80"),
        "{}{}",
        dead.out,
        dead.err
    );
    site.lab.boot_node(&calha::node::NodeName("Node1".into())).unwrap();

    // Removed by the journal, and made again by the next installation.
    let remove = service(&site, "remove", &["cs2"]);
    assert_eq!(remove.status, 0, "{}{}", remove.out, remove.err);
    let stands = site.run("status", &[]);
    let last = stands.out.lines().find(|line| line.starts_with("last run  service remove at "));
    assert!(last.is_some_and(|line| line.contains(": done, ")), "{}", stands.out);
    assert!(!stands.out.contains("calha resume"), "{}", stands.out);
    let gone = site.types(
        "Node1",
        "/usr/cluster/bin/scha_resource_get",
        &["-O", "GROUP", "-R", "CAL-SVR-CS2-RS"],
    );
    assert_ne!(gone.status, 0, "{}", gone.out);
    let verify = site.run("verify", &[]);
    assert_eq!(verify.status, 3, "{}{}", verify.out, verify.err);
    assert!(!verify.err.contains("calha resume"), "{}", verify.err);
    let install = site.run("install", &["--yes"]);
    assert_eq!(install.status, 0, "{}{}", install.out, install.err);
    // Made again it is switched back as the plan says, to the node that its group prefers.
    assert!(install.out.contains("switch-back-cs2"), "{}", install.out);
    assert_eq!(state(&site, "CAL-SVR-CS2-RS", "Node2"), "ONLINE", "{}", install.out);

    // An instance that was removed has ended, though a directory that both need stays.
    let removed = site.run("uninstall", &["--instance", "cs1", "--yes"]);
    assert_eq!(removed.status, 0, "{}{}", removed.out, removed.err);
    let stands = site.run("status", &[]);
    assert!(stands.out.contains(": cs1 was undone\n"), "{}", stands.out);
    let verify = site.run("verify", &[]);
    assert!(!(stands.out + &verify.err).contains("calha resume"), "{}", verify.err);
    let uninstall = site.run("uninstall", &["--yes"]);
    assert_eq!(uninstall.status, 0, "{}{}", uninstall.out, uninstall.err);
}

/// One failed method has one way out, whichever command meets it, and that is a command of calha.
#[test]
fn every_command_that_meets_a_service_that_failed_names_the_same_way_out() {
    let site = Site::new();
    let install = site.run("install", &["--yes"]);
    assert_eq!(install.status, 0, "{}{}", install.out, install.err);
    let resource = "CAL-SVR-RS".to_owned();
    site.lab.inject(calha::lab::Fault::StartFails { resource, host: None }).unwrap();

    let met = service(&site, "failover", &[]);
    assert_eq!(met.status, 1, "{}{}", met.out, met.err);
    let restart = format!("calha service restart {} cal", site.profile.display());
    let first = "put right why CAL-SVR-RS does not start on Node2";
    for (command, more) in [
        ("status", &[][..]),
        ("verify", &[]),
        ("plan", &["--changes"]),
        ("install", &["--yes"]),
        ("check", &["--prerequisites"]),
    ] {
        let said = site.run(command, more);
        let told = format!("{}{}", said.out, said.err);
        assert!(told.contains(&restart) && told.contains(first), "{command}: {told}");
        assert!(!told.contains("scswitch -R") && !told.contains("somebody"), "{command}: {told}");
    }
    assert!(met.err.contains(&restart), "{}", met.err);

    // What the preview names moves nothing, and nothing moves.
    let plan = site.run("plan", &["--service", "restart"]);
    assert!(!plan.out.contains("scswitch -z"), "{}", plan.out);
    site.lab.clear_faults().unwrap();
    let again = service(&site, "restart", &["cal"]);
    assert_eq!(again.status, 0, "{}{}", again.out, again.err);
    assert_eq!(state(&site, "CAL-SVR-RS", "Node2"), "ONLINE");
    let end = site.run("install", &["--yes"]);
    assert!(end.out.ends_with("nothing to do\n"), "{}{}", end.out, end.err);
}
