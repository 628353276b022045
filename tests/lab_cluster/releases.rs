//! What Sun Cluster does otherwise from release to release, as the table of personalities has it.

use calha::lab::{ClusterRelease, Fault, Memory, Oddity, Personality};

use crate::disk::Typed;
use crate::site::*;

fn on(personality: Personality) -> Memory {
    Memory::on(personality, &settings())
}

/// A group with its address and its storage, online on the first node.
fn grouped(lab: &mut impl Typing) {
    for host in ["Node1", "Node2"] {
        lab.ok(host, "mkdir -p /cal");
        lab.ok_with(host, "tee -a /etc/vfstab", VFSTAB);
    }
    for line in [
        "scrgadm -a -t SUNW.HAStoragePlus",
        "scrgadm -a -g CAL-RG -h Node1,Node2",
        "scrgadm -a -L -g CAL-RG -l cal-logical-host -j LOG-HOST-RS",
        "scrgadm -a -j CAL-HASP-RS -g CAL-RG -t SUNW.HAStoragePlus -x FilesystemMountPoints=/cal",
        "scswitch -Z -g CAL-RG",
    ] {
        lab.ok("Node1", line);
    }
}

fn prepared(personality: Personality) -> Memory {
    let mut lab = on(personality);
    grouped(&mut lab);
    lab
}

#[test]
fn types_have_the_versions_of_their_release() {
    for personality in Personality::all() {
        let mut lab = on(personality);
        lab.ok("Node1", "scrgadm -a -t SUNW.HAStoragePlus");
        lab.ok("Node1", "scrgadm -a -t SUNW.scics");
        let listed = lab.ok("Node1", "scha_cluster_get -O ALL_RESOURCETYPES");
        let six = personality.has(Oddity::StoragePlusSix);
        let (storage, host) = match personality.cluster() {
            ClusterRelease::ThreeZero => ("SUNW.HAStoragePlus", "SUNW.LogicalHostname"),
            ClusterRelease::ThreeOne => ("SUNW.HAStoragePlus:2", "SUNW.LogicalHostname:2"),
            ClusterRelease::ThreeTwo if six => ("SUNW.HAStoragePlus:6", "SUNW.LogicalHostname:2"),
            ClusterRelease::ThreeTwo => ("SUNW.HAStoragePlus:4", "SUNW.LogicalHostname:2"),
        };
        let versioned = personality.has(Oddity::ServiceTypeVersioned);
        let service = if versioned { "SUNW.scics:1.0" } else { "SUNW.scics" };
        for name in [storage, host, service] {
            assert!(listed.lines().any(|line| line == name), "{personality}: {name}\n{listed}");
            // Only the name under which it is registered answers.
            lab.ok("Node1", &format!("scha_resourcetype_get -O RT_VERSION -T {name}"));
            let other = match name.split_once(':') {
                Some((bare, _)) => bare.to_owned(),
                None => format!("{name}:1.0"),
            };
            let asked = format!("scha_resourcetype_get -O RT_VERSION -T {other}");
            assert_eq!(lab.fails("Node1", &asked), 13, "{personality}: {other}");
        }
        let superseded = "scrgadm -a -t SUNW.HAStorage";
        if personality.cluster() < ClusterRelease::ThreeTwo {
            lab.ok("Node1", superseded);
        } else {
            assert_eq!(lab.fails("Node1", superseded), 13, "{personality}");
        }
    }
}

#[test]
fn the_release_is_told_in_both_forms() {
    for personality in Personality::all() {
        let mut lab = on(personality);
        let release = personality.cluster();
        assert_eq!(lab.ok("Node1", "scinstall -p"), format!("{}\n", release.with_update()));
        let said = lab.ok("Node1", "scinstall -pv");
        let mut lines = said.lines();
        assert_eq!(lines.next(), Some(format!("SunCluster {}", release.number()).as_str()));
        assert!(lines.any(|line| line.starts_with("SUNWscr:")), "{said}");
    }
}

#[test]
fn values_that_are_not_of_their_type_are_refused_where_the_release_looks() {
    for personality in Personality::all() {
        let mut lab = prepared(personality);
        for line in [
            "scrgadm -c -g CAL-RG -y Failback=maybe",
            "scrgadm -c -g CAL-RG -y Pingpong_interval=soon",
            "scrgadm -c -j CAL-HASP-RS -y Failover_mode=GENTLE",
            "scrgadm -c -j CAL-HASP-RS -y Retry_count=-2",
        ] {
            if personality.has(Oddity::PropertyValuesChecked) {
                assert_eq!(lab.fails("Node1", line), 15, "{personality}: {line}");
            } else {
                lab.ok("Node1", line);
            }
        }
        for line in [
            "scrgadm -c -g CAL-RG -y Failback=TRUE",
            "scrgadm -c -j CAL-HASP-RS -y Failover_mode=HARD",
            "scrgadm -c -j CAL-HASP-RS -y Retry_count=-1",
        ] {
            lab.ok("Node1", line);
        }
    }
}

#[test]
fn a_group_that_is_managed_may_come_online_by_itself() {
    for personality in Personality::all() {
        let mut lab = prepared(personality);
        for line in [
            "scswitch -F -g CAL-RG",
            "scswitch -n -j CAL-HASP-RS",
            "scswitch -n -j LOG-HOST-RS",
            "scswitch -u -g CAL-RG",
            "scswitch -o -g CAL-RG",
        ] {
            lab.ok("Node1", line);
        }
        let state = lab.ok("Node1", "scha_resourcegroup_get -O RG_STATE_NODE -G CAL-RG Node1");
        let by_itself = personality.has(Oddity::ManageBringsOnline);
        let wanted = if by_itself { "ONLINE" } else { "OFFLINE" };
        assert_eq!(state.trim(), wanted, "{personality}");
    }
}

#[test]
fn a_group_that_waits_says_so_in_the_words_of_its_release() {
    for personality in Personality::all() {
        let mut lab = prepared(personality);
        lab.ok("Node1", "scswitch -F -g CAL-RG");
        lab.inject(Fault::StaysPending { group: "CAL-RG".into() });
        lab.ok("Node1", "scswitch -z -g CAL-RG -h Node1");
        let says_more = personality.has(Oddity::WaitingSaysMore);
        let (group, resource) = if says_more {
            ("PENDING_ONLINE_BLOCKED", "STARTING")
        } else {
            ("PENDING_ONLINE", "OFFLINE")
        };
        let state = lab.ok("Node1", "scha_resourcegroup_get -O RG_STATE_NODE -G CAL-RG Node1");
        assert_eq!(state.trim(), group, "{personality}");
        let state =
            lab.ok("Node1", "scha_resource_get -O RESOURCE_STATE_NODE -R CAL-HASP-RS Node1");
        assert_eq!(state.trim(), resource, "{personality}");
        lab.clear_faults();
        lab.ok("Node1", "scswitch -F -g CAL-RG");
        lab.ok("Node1", "scswitch -z -g CAL-RG -h Node1");
        let state =
            lab.ok("Node1", "scha_resource_get -O RESOURCE_STATE_NODE -R CAL-HASP-RS Node1");
        assert_eq!(state.trim(), "ONLINE", "{personality}");
    }
}

#[test]
fn a_stop_that_lasts_has_the_words_of_its_release() {
    for personality in Personality::all() {
        let mut lab = prepared(personality);
        lab.inject(Fault::StaysStopping { resource: "CAL-HASP-RS".into() });
        lab.fails("Node1", "scswitch -F -g CAL-RG");
        let says_more = personality.has(Oddity::WaitingSaysMore);
        let state = lab.ok("Node1", "scha_resourcegroup_get -O RG_STATE_NODE -G CAL-RG Node1");
        assert_eq!(state.trim(), "PENDING_OFFLINE", "{personality}");
        let state =
            lab.ok("Node1", "scha_resource_get -O RESOURCE_STATE_NODE -R CAL-HASP-RS Node1");
        let word = if says_more { "STOPPING" } else { "ONLINE" };
        assert_eq!(state.trim(), word, "{personality}");
        lab.clear_faults();
        lab.ok("Node1", "scswitch -F -g CAL-RG");
        let state =
            lab.ok("Node1", "scha_resource_get -O RESOURCE_STATE_NODE -R CAL-HASP-RS Node1");
        assert_eq!(state.trim(), "OFFLINE", "{personality}");
    }
}

#[test]
fn a_resource_whose_stop_fails_has_the_switch_of_its_release() {
    for personality in Personality::all() {
        let mut lab = prepared(personality);
        lab.inject(Fault::StopFails { resource: "CAL-HASP-RS".into() });
        lab.fails("Node1", "scswitch -n -j CAL-HASP-RS");
        let first = personality.has(Oddity::SwitchBeforeStop);
        let switch = lab.ok("Node1", "scha_resource_get -O ON_OFF_SWITCH -R CAL-HASP-RS");
        assert_eq!(switch.trim(), if first { "DISABLED" } else { "ENABLED" }, "{personality}");
        let state =
            lab.ok("Node1", "scha_resource_get -O RESOURCE_STATE_NODE -R CAL-HASP-RS Node1");
        assert_eq!(state.trim(), "STOP_FAILED", "{personality}");

        lab.ok("Node1", "scswitch -c -h Node1 -j CAL-HASP-RS -f STOP_FAILED");
        lab.ok("Node1", "scswitch -n -j CAL-HASP-RS");
        let switch = lab.ok("Node1", "scha_resource_get -O ON_OFF_SWITCH -R CAL-HASP-RS");
        assert_eq!(switch.trim(), "DISABLED", "{personality}");
    }
}

/// `scswitch -R` unmounts and mounts within one call; nothing on the shared disk may be lost by it.
fn restarts_where_it_is(lab: &mut impl Typing) {
    grouped(lab);
    lab.ok("Node1", "touch /cal/kept");
    lab.ok("Node1", "scswitch -R -h Node1 -g CAL-RG");
    assert_eq!(lab.ok("Node1", "ls /cal"), "kept\n");
    let mounts = lab.ok("Node1", "cat /etc/mnttab");
    assert_eq!(mounts.lines().filter(|line| line.contains("/cal\t")).count(), 1, "{mounts}");
    assert_eq!(lab.ok("Node2", "ls /cal"), "");
    assert_eq!(lab.fails("Node1", "scswitch -R -h Node2 -g CAL-RG"), 9);
}

#[test]
fn a_group_that_is_restarted_is_mounted_again_within_the_call() {
    restarts_where_it_is(&mut on(Personality::Plain));
    restarts_where_it_is(&mut Typed::new());
}

#[test]
fn the_configurator_takes_the_options_of_its_sisters() {
    let mut lab = on(Personality::Plain);
    prepare(&mut lab);
    let said = lab.ok("Node1", &format!("{CONFIGURE} -id cal -no -state /root/saveState"));
    assert!(said.contains("All Tasks Passed"), "{said}");
}
