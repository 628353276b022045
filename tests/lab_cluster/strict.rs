//! The guide's own wrong commands, and the rules of the resource group manager that an installation leans on.

use calha::lab::{Fault, GroupState, Memory, ResourceState};
use calha::node::{Files, Mode, NodeName, Owner};

use crate::disk::Typed;
use crate::site::*;

/// Erratum, what is typed, exit status, a part of what is said.
const WRONG: &[(&str, &str, i32, &str)] = &[
    ("E25", "mkdir -P /Cal", 2, "illegal option -- P"),
    ("E28", "scrgadm -a -g NEW-RG -h node1,node2", 11, "node1: no such node"),
    ("E28", "scswitch -z -g CAL-RG -h node2", 11, "node2: no such node"),
    ("E34", "scrgadm -e -j CAL-SVR-RS", 1, "illegal option -- e"),
    ("E37", "scrgadm -R -j CAL-SVR-RS", 1, "illegal option -- R"),
    ("E38", "scrgadm -r -g CAL-RG", 9, "not empty"),
    ("E39", "scrgadm -r -j CAL-SVR-RS", 9, "is enabled"),
    ("E40", "scrgadm -r -t SUNW.HAStorage", 13, "not registered"),
];

fn installed() -> Memory {
    let mut lab = Memory::new(&settings());
    prepare(&mut lab);
    configure(&mut lab);
    lab
}

#[test]
fn the_guides_wrong_commands_are_refused_with_status_and_text_and_change_nothing() {
    let mut memory = installed();
    let mut disk = Typed::new();
    prepare(&mut disk);
    configure(&mut disk);
    let (before, calls) = (memory.digest(&[]), memory.changing_calls().len());
    for (erratum, typed, status, text) in WRONG {
        for (where_, output) in
            [("memory", memory.line("Node1", typed, "")), ("disk", disk.line("Node1", typed, ""))]
        {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status, *status, "{erratum} {where_}: {typed}: {said}");
            assert!(
                said.contains(text) && output.stdout.is_empty(),
                "{erratum} {where_}: {typed}: {said}"
            );
        }
    }
    // E35: a blank after ./ runs the directory; the shell says so, whichever shell it is.
    for shell in ["/bin/sh", "/usr/bin/dash", "/usr/bin/bash"]
        .into_iter()
        .filter(|s| std::path::Path::new(s).exists())
    {
        let mut command = std::process::Command::new(shell);
        let root = disk.lab.root(&node("Node1"));
        command
            .env_clear()
            .envs(disk.lab.environment(&node("Node1")))
            .current_dir(root.join("usr/cluster/bin"));
        let output = command.arg("-c").arg("./ scswitch -z -g CAL-RG -h Node2").output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(126), "E35 {shell}: {said}");
        assert!(said.contains("./: "), "E35 {shell}: {said}");
    }
    // E32: without the state file the run passes, and that is what is wrong: it configures local directories and leaves both
    // start options on. In a copy, since it is not refused.
    let mut local = memory.clone();
    local.ok("Node2", CONFIGURE);
    assert!(
        local
            .files(&node("Node2"))
            .stat(&path("/etc/opt/SUNWics5/config/ics.conf"))
            .unwrap()
            .exists()
    );
    assert_eq!(local.cluster().hosts[&node("Node2")].running, ["/opt/SUNWics5/cal"]);

    assert_eq!(before.differences(&memory.digest(&[])), Vec::<String>::new());
    assert_eq!(before.differences(&disk.lab.digest_all(&[]).unwrap()), Vec::<String>::new());
    assert_eq!(
        (memory.changing_calls().len(), disk.lab.changing_calls().unwrap().len()),
        (calls, calls)
    );
}

/// A group with storage removed, so that it can be made again.
fn without_storage() -> Memory {
    let mut lab = Memory::new(&settings());
    prepare(&mut lab);
    lab.ok("Node1", "scswitch -F -g CAL-RG");
    lab.ok("Node1", "scswitch -n -j CAL-HASP-RS");
    lab.ok("Node1", "scrgadm -r -j CAL-HASP-RS");
    lab
}

const STORAGE: &str =
    "scrgadm -a -j CAL-HASP-RS -g CAL-RG -t SUNW.HAStoragePlus -x FilesystemMountPoints=/cal";

#[test]
fn storage_wants_entry_and_directory_on_every_node_that_can_master_the_group() {
    for host in ["Node1", "Node2"] {
        let mut lab = without_storage();
        lab.ok(host, "rmdir /cal");
        assert_eq!(lab.fails("Node1", STORAGE), 16, "{host} has no directory");
        let mut lab = without_storage();
        lab.files(&node(host))
            .write(&path("/etc/vfstab"), b"# empty\n", Mode(0o644), Owner::ROOT)
            .unwrap();
        assert_eq!(lab.fails("Node1", STORAGE), 16, "{host} has no entry");
    }
    let mut lab = without_storage();
    lab.ok("Node1", STORAGE);
    let made = lab.cluster().resource("CAL-HASP-RS").unwrap();
    assert!(!made.enabled && made.monitored, "a new resource is disabled with its monitor on");
}

fn place(lab: &Memory) -> Option<NodeName> {
    lab.cluster().group("CAL-RG").unwrap().place()
}

#[test]
fn bringing_up_enables_everything_and_switching_enables_nothing() {
    let mut lab = without_storage();
    lab.ok("Node1", STORAGE);
    lab.ok("Node1", "scswitch -z -g CAL-RG -h Node2");
    assert_eq!(place(&lab), Some(node("Node2")));
    assert!(
        !lab.cluster().resource("CAL-HASP-RS").unwrap().enabled && lab.cluster().mounts.is_empty()
    );
    lab.ok("Node1", "scswitch -n -M -j LOG-HOST-RS");
    lab.ok("Node1", "scswitch -Z -g CAL-RG");
    assert!(
        lab.cluster()
            .resources
            .iter()
            .all(|r| r.enabled && r.monitored && r.state(&node("Node2")) == ResourceState::Online)
    );
    // Offline by hand: it stays managed and its resources stay enabled.
    lab.ok("Node1", "scswitch -F -g CAL-RG");
    assert!(place(&lab).is_none() && lab.cluster().group("CAL-RG").unwrap().managed);
    assert!(lab.cluster().resources.iter().all(|r| r.enabled));
    assert_eq!(lab.fails("Node1", "scswitch -u -g CAL-RG"), 9);
    // An unmanaged group is not switched.
    lab.ok("Node1", "scrgadm -a -g OTHER");
    assert_eq!(lab.fails("Node1", "scswitch -z -g OTHER"), 9);
}

#[test]
fn a_dying_node_hands_over_group_and_devices_and_an_enabled_dependent_forbids_disabling() {
    let mut lab = installed();
    assert_eq!(lab.fails("Node1", "scswitch -n -j CAL-HASP-RS"), 8);
    assert_eq!(lab.fails("Node1", "scswitch -n -j LOG-HOST-RS,CAL-HASP-RS"), 8);
    lab.kill_node(&node("Node1"));
    assert_eq!(place(&lab), Some(node("Node2")));
    assert_eq!(lab.cluster().device_groups[0].primary, Some(node("Node2")));
    lab.boot_node(&node("Node1"));
    assert_eq!(place(&lab), Some(node("Node2")), "Failback is off");
}

#[test]
fn a_stop_failure_keeps_the_file_system_under_the_service_and_blocks_every_switch() {
    let mut lab = installed();
    lab.inject(Fault::StopFails { resource: "CAL-SVR-RS".into() });
    assert_eq!(lab.fails("Node1", "scswitch -F -g CAL-RG"), 10);
    assert_eq!(
        lab.cluster().group("CAL-RG").unwrap().state(&node("Node1")),
        GroupState::ErrorStopFailed
    );
    assert!(lab.cluster().mount_at(&node("Node1"), "/cal").is_some());
    for blocked in [
        "-F -g CAL-RG",
        "-z -g CAL-RG",
        "-z -g CAL-RG -h Node2",
        "-Z -g CAL-RG",
        "-R -h Node1 -g CAL-RG",
        "-u -g CAL-RG",
    ] {
        assert_eq!(lab.fails("Node1", &format!("scswitch {blocked}")), 9, "{blocked}");
    }
}

#[test]
fn a_property_is_changed_only_when_its_declaration_allows_it() {
    let mut lab = installed();
    assert_eq!(lab.fails("Node1", "scrgadm -c -j CAL-HASP-RS -x AffinityOn=FALSE"), 9, "enabled");
    assert_eq!(
        lab.fails("Node1", "scrgadm -c -j CAL-SVR-RS -x ICS_serverroot=/opt"),
        15,
        "at creation only"
    );
    assert_eq!(
        lab.fails("Node1", "scrgadm -c -j LOG-HOST-RS -x HostnameList=ldap"),
        15,
        "at creation only"
    );
    lab.ok("Node1", "scswitch -n -j CAL-SVR-RS,CAL-HASP-RS");
    lab.ok("Node1", "scrgadm -c -j CAL-HASP-RS -x AffinityOn=FALSE");
    // Every update is validated, on every node.
    lab.ok("Node2", "rmdir /cal");
    assert_eq!(lab.fails("Node1", "scrgadm -c -j CAL-HASP-RS -y R_description=x"), 16);
}

#[test]
fn a_group_stays_where_its_types_are_installed() {
    let mut lab = installed();
    assert_eq!(lab.fails("Node1", "scrgadm -c -t SUNW.scics -h Node1"), 9);
    let mut lab = Memory::new(&settings());
    lab.ok("Node1", "scrgadm -a -t SUNW.gds -h Node1");
    lab.ok("Node1", "scrgadm -a -g ONE -h Node1");
    lab.ok("Node1", "scrgadm -a -j X -g ONE -t SUNW.gds -x Start_command=/bin/true");
    assert_eq!(lab.fails("Node1", "scrgadm -c -g ONE -h Node1,Node2"), 11);
}

#[test]
fn a_start_that_fails_half_way_leaves_nothing_mounted() {
    let mut lab = without_storage();
    for host in ["Node1", "Node2"] {
        lab.ok(host, "mkdir /second");
        // The same volume a second time: the first point is mounted, the second cannot be.
        lab.ok_with(host, "tee -a /etc/vfstab", &VFSTAB.replace("/cal", "/second"));
    }
    lab.ok("Node1", &STORAGE.replace("=/cal", "=/cal,/second"));
    assert_eq!(lab.fails("Node1", "scswitch -Z -g CAL-RG"), 10);
    lab.ok("Node1", "scswitch -F -g CAL-RG");
    assert_eq!(lab.cluster().mounts, []);
}
