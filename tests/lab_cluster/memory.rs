//! In memory: states, strictness, faults.

use calha::lab::{Digest, Fault, GroupState, Memory, ResourceState, Trouble};
use calha::node::{Command, Entry, Files, HostError, Mode, Owner};

use crate::site::*;

fn installed() -> Memory {
    let mut lab = Memory::new(&settings());
    prepare(&mut lab);
    configure(&mut lab);
    lab
}

fn state(lab: &mut impl Typing, resource: &str, host: &str) -> String {
    lab.ok(
        "Node1",
        &format!("scha_resource_get -O RESOURCE_STATE_NODE -R {resource} -G CAL-RG {host}"),
    )
    .trim()
    .into()
}

#[test]
fn the_corrected_procedure_passes() {
    let mut lab = installed();
    assert_eq!(lab.cluster().group("CAL-RG").unwrap().state(&node("Node1")), GroupState::Online);
    assert_eq!(state(&mut lab, "CAL-SVR-RS", "Node1"), "ONLINE");
    assert!(lab.ok("Node1", "netstat -an -f inet").contains("192.168.10.50.8080 "));
    assert!(!lab.ok("Node2", "netstat -an -f inet").contains(".8080 "));
    assert_eq!(
        lab.ok(
            "Node1",
            "scha_resource_get -O extension -R CAL-HASP-RS -G CAL-RG filesystemmountpoints"
        ),
        "STRINGARRAY\n/cal\n"
    );
    assert_eq!(
        lab.ok("Node1", "scha_resource_get -O TYPE -R CAL-HASP-RS"),
        "SUNW.HAStoragePlus:2\n"
    );
    assert!(lab.ok("Node1", "scstat -g").contains("Online - Service is online."));
    assert!(
        lab.ok(
            "Node2",
            "ldapsearch -h ldap -p 389 -b cn=schema -s base objectclass=* attributeTypes"
        )
        .contains("icsCalendar")
    );
    assert!(lab.ok("Node1", "df -k /cal/config").contains("/cal"));
    // The second run has put the link back that it deleted (E33), and the owner is the account's on the shared disk.
    assert_eq!(
        lab.files(&node("Node2")).stat(&path("/opt/SUNWics5/cal/config")),
        Ok(Entry::Link { target: "/cal/config".into() })
    );
    let Ok(Entry::File { owner, .. }) =
        lab.files(&node("Node1")).stat(&path("/cal/config/watcher.cnf"))
    else {
        panic!()
    };
    assert_eq!(owner, Owner { uid: 7633, gid: 7634 });
}

#[test]
fn what_the_guide_prints_wrongly_is_refused_and_changes_nothing() {
    let mut lab = installed();
    let before = lab.digest(&[]);
    let calls = lab.changing_calls().len();
    assert!(calls > 10, "the counter does not count");
    for wrong in [
        "mkdir -P /Cal",                // E25
        "scrgadm -e -j CAL-SVR-RS",     // E34
        "scrgadm -R -j CAL-SVR-RS",     // E37
        "scrgadm -r -j CAL-SVR-RS",     // E38, E39: still enabled
        "scrgadm -r -g CAL-RG",         // E38: not empty
        "scrgadm -r -t SUNW.HAStorage", // E40: another type
        "scrgadm -n -j CAL-SVR-RS",
        "scrgadm -s",
        "scrgadm -a -L -g CAL-RG",
        "scrgadm -a -L -g CAL-RG -l cal-logical-host.example.com", // no legal resource name without -j
        "scrgadm -a -g CAL-RG",
        "scrgadm -a -g 1bad",
        "scrgadm -a -g NEW -h node1,Node2", // E28
        "scrgadm -a -j X -g NOPE -t SUNW.scics",
        "scrgadm -a -j X -g CAL-RG -t SUNW.HAStorage -x FilesystemMountPoints=/cal",
        "scrgadm -a -j X -g CAL-RG -t SUNW.HAStoragePlus -x FilesystemMountPoints=/nowhere",
        "scrgadm -a -j X -g CAL-RG -t SUNW.HAStoragePlus -x ServicePaths=/cal",
        "scrgadm -c -j CAL-SVR-RS -y R_description=a,b",
        "scrgadm -c -j CAL-HASP-RS -y Resource_dependencies=CAL-SVR-RS",
        "scrgadm -r -t SUNW.scics",
        "scswitch -n -j CAL-HASP-RS", // an enabled dependent
        "scswitch -z -g CAL-RG -h Node3",
        "scswitch -u -g CAL-RG",
        "scswitch -e CAL-SVR-RS",
        "scswitch -c -h Node1 -j CAL-SVR-RS -f STOP_FAILED",
    ] {
        lab.fails("Node1", wrong);
    }
    assert_eq!(lab.fails("Node1", "scrgadm -a -t SUNW.scics"), 13);
    let missing = lab.line("Node1", "scha_resourcegroup_get -O RG_STATE -G NOPE", "");
    assert!(!missing.success() && missing.stdout.is_empty());
    assert_eq!(before.differences(&lab.digest(&[])), Vec::<String>::new());
    assert_eq!(lab.changing_calls().len(), calls);
    // E32: without the state file it runs, but configures local directories.
    let mut local = lab.clone();
    local.ok("Node2", CONFIGURE);
    assert!(
        local
            .files(&node("Node2"))
            .stat(&path("/etc/opt/SUNWics5/config/ics.conf"))
            .unwrap()
            .exists()
    );
}

#[test]
fn removal_in_the_corrected_order_leaves_no_configuration() {
    let mut lab = installed();
    let fresh = Memory::new(&settings());
    lab.ok("Node2", "scswitch -n -j CAL-SVR-RS");
    lab.ok("Node2", "scrgadm -r -j CAL-SVR-RS");
    lab.ok("Node2", "scswitch -F -g CAL-RG");
    lab.ok("Node2", "scswitch -n -j CAL-HASP-RS,LOG-HOST-RS");
    for line in [
        "-r -j CAL-HASP-RS",
        "-r -j LOG-HOST-RS",
        "-r -g CAL-RG",
        "-r -t SUNW.scics",
        "-r -t SUNW.HAStoragePlus",
    ] {
        lab.ok("Node2", &format!("scrgadm {line}"));
    }
    assert_eq!(
        (&lab.cluster().types, &lab.cluster().groups, &lab.cluster().mounts),
        (&fresh.cluster().types, &vec![], &vec![])
    );
}

#[test]
fn groups_move_when_a_node_dies_and_stay_when_it_returns() {
    let mut lab = installed();
    lab.kill_node(&node("Node1"));
    assert!(matches!(
        lab.exec(&node("Node1"), &Command::new("/usr/bin/true", [""; 0]), b""),
        Err(HostError::Unreachable { .. })
    ));
    assert_eq!(lab.ok("Node2", "scha_resourcegroup_get -O RG_STATE -G CAL-RG"), "ONLINE\n");
    assert_eq!(lab.ok("Node2", "scha_cluster_get -O nodestate_node Node1"), "DOWN\n");
    assert!(lab.ok("Node2", "netstat -an").contains("192.168.10.50.8080 "));
    lab.boot_node(&node("Node1"));
    assert_eq!(
        lab.ok("Node1", "scha_resourcegroup_get -O RG_STATE_NODE -G CAL-RG Node2"),
        "ONLINE\n"
    );
    assert_eq!(lab.ok("Node1", "scha_resourcegroup_get -O RG_STATE -G CAL-RG"), "OFFLINE\n");
}

#[test]
fn a_stop_failure_blocks_until_it_is_cleared() {
    let mut lab = installed();
    lab.inject(Fault::StopFails { resource: "CAL-SVR-RS".into() });
    assert_eq!(lab.fails("Node1", "scswitch -z -g CAL-RG -h Node2"), 10);
    assert_eq!(state(&mut lab, "CAL-SVR-RS", "Node1"), "STOP_FAILED");
    assert_eq!(
        lab.ok("Node1", "scha_resourcegroup_get -O RG_STATE -G CAL-RG"),
        "ERROR_STOP_FAILED\n"
    );
    lab.fails("Node1", "scswitch -z -g CAL-RG -h Node2");
    lab.ok("Node1", "scswitch -c -h Node1 -j CAL-SVR-RS -f STOP_FAILED");
    lab.ok("Node1", "scswitch -z -g CAL-RG -h Node2");
    assert_eq!(state(&mut lab, "CAL-SVR-RS", "Node2"), "ONLINE");
}

#[test]
fn faults_come_at_the_call_they_wait_for() {
    let mut lab = Memory::new(&settings());
    prepare(&mut lab);
    let call = |program: &str, nth, trouble| Fault::Call {
        program: program.into(),
        host: None,
        argument: None,
        nth,
        seen: 0,
        trouble,
    };
    // A run that dies after task 7 leaves ics.conf but no links; the next one mends that.
    lab.inject(call("csconfigurator.sh", 1, Trouble::Dies { after: 7 }));
    assert_eq!(lab.fails("Node1", &format!("{CONFIGURE} -state /root/saveState")), 137);
    assert!(lab.files(&node("Node1")).stat(&path("/cal/config/ics.conf")).unwrap().exists());
    assert!(!lab.files(&node("Node1")).stat(&path("/opt/SUNWics5/cal/config")).unwrap().exists());
    lab.inject(call("csconfigurator.sh", 1, Trouble::Korean));
    assert!(
        lab.ok("Node1", &format!("{CONFIGURE} -state /root/saveState"))
            .contains("모든 작업이 성공했습니다.")
    );
    lab.inject(call("csconfigurator.sh", 1, Trouble::TaskFails { task: 3 }));
    let output = lab.line("Node1", &format!("{CONFIGURE} -state /root/saveState"), "");
    assert!(output.text().contains("FAILED: /usr/sbin/useradd"));
    // Reply lost after the work; a hang that ends; a full disk; a group that stays pending.
    lab.inject(call("scrgadm", 2, Trouble::Dies { after: 1 }));
    lab.ok("Node1", "scrgadm -p");
    assert_eq!(lab.fails("Node1", "scrgadm -a -g OTHER"), 137);
    assert!(lab.cluster().group("OTHER").is_some());
    lab.inject(call("scswitch", 1, Trouble::Hangs { seconds: 60 }));
    let switch = Command::new("/usr/cluster/bin/scswitch", ["-z", "-g", "CAL-RG", "-h", "Node2"]);
    assert_eq!(lab.exec(&node("Node1"), &switch, b""), Err(HostError::TimedOut(60)));
    assert_eq!(lab.cluster().group("CAL-RG").unwrap().place(), Some(node("Node1")));
    assert!(lab.let_hung_finish()[0].success());
    assert_eq!(lab.cluster().group("CAL-RG").unwrap().place(), Some(node("Node2")));
    lab.inject(Fault::DiskFull { host: node("Node2"), path: "/cal".into() });
    lab.fails("Node2", "touch /cal/x");
    lab.inject(Fault::StaysPending { group: "CAL-RG".into() });
    lab.ok("Node1", "scswitch -z -g CAL-RG -h Node1");
    assert_eq!(
        lab.cluster().group("CAL-RG").unwrap().state(&node("Node1")),
        GroupState::PendingOnline
    );
    lab.clear_faults();
    lab.ok("Node1", "scswitch -z -g CAL-RG -h Node1");
    lab.inject(Fault::StartFails { resource: "LOG-HOST-RS".into(), host: Some(node("Node2")) });
    lab.fails("Node1", "scswitch -z -g CAL-RG -h Node2");
    assert_eq!(lab.cluster().group("CAL-RG").unwrap().place(), Some(node("Node1")));
    assert_eq!(
        lab.cluster().resource("LOG-HOST-RS").unwrap().state(&node("Node1")),
        ResourceState::Online
    );
}

/// What is told of the lab on disk in `cli_lab` holds here too, passed-on commands included.
#[test]
fn faults_reach_base_commands() {
    let mut lab = Memory::new(&settings());
    let call = |program: &str, nth, trouble| Fault::Call {
        program: program.into(),
        host: None,
        argument: None,
        nth,
        seen: 0,
        trouble,
    };
    lab.inject(call("sed", 1, Trouble::Fails { status: 4, text: "no sed today".into() }));
    let output = lab.line("Node1", "sed -n p /etc/nodename", "");
    assert_eq!((output.status, output.stderr), (4, b"no sed today\n".to_vec()));
    lab.inject(call("grep", 1, Trouble::Garbage));
    assert_eq!(lab.line("Node1", "grep x /etc/nodename", "").stdout.len(), 600);
    lab.ok("Node1", "touch /etc/a");
    lab.inject(call("mv", 1, Trouble::Dies { after: 0 }));
    assert_eq!(lab.fails("Node1", "mv /etc/a /etc/b"), 137);
    assert_eq!(lab.ok("Node1", "ls /etc/a"), "/etc/a\n");
    lab.clear_faults();
    lab.inject(call("mv", 1, Trouble::Dies { after: 1 }));
    assert_eq!(lab.fails("Node1", "mv /etc/a /etc/b"), 137);
    assert_eq!(lab.ok("Node1", "ls /etc/b"), "/etc/b\n");
    lab.inject(call("mkdir", 1, Trouble::Hangs { seconds: 5 }));
    let mkdir = Command::new("/usr/bin/mkdir", ["/etc/d"]);
    assert_eq!(lab.exec(&node("Node1"), &mkdir, b""), Err(HostError::TimedOut(5)));
    lab.fails("Node1", "ls /etc/d");
    lab.let_hung_finish();
    lab.ok("Node1", "ls /etc/d");
    lab.inject(call("cat", 1, Trouble::Floods { lines: 2000 }));
    assert_eq!(lab.ok("Node1", "cat /etc/nodename").lines().count(), 2001);
    // A script by its own name, whoever interprets it.
    lab.inject(call("comm_dssetup.pl", 1, Trouble::Fails { status: 9, text: "no".into() }));
    assert_eq!(lab.fails("ldap", &format!("perl {DSSETUP}")), 9);
    lab.ok("ldap", &format!("perl {DSSETUP}"));
    lab.inject(Fault::DiskFull { host: node("Node1"), path: "/etc".into() });
    for full in ["cp /etc/nodename /etc/x", "mkdir /etc/x", "ln -s x /etc/x", "touch /etc/x"] {
        assert_eq!(lab.fails("Node1", full), 2, "{full}");
    }
}

#[test]
fn bad_vfstab_entries_are_found_on_any_node() {
    let mut lab = Memory::new(&settings());
    prepare(&mut lab);
    lab.ok("Node1", "scswitch -F -g CAL-RG");
    lab.ok("Node1", "scswitch -n -j CAL-HASP-RS");
    lab.ok("Node1", "scrgadm -r -j CAL-HASP-RS");
    let fresh = lab.clone();
    for bad in [
        VFSTAB.replace("\tlogging", ""),          // six fields
        VFSTAB.replace("dsk/d400", "dsk/d500"),   // another device
        VFSTAB.replace("rdsk/d400", "rdsk/d300"), // E43
        "# nothing\n".into(),
    ] {
        let mut lab = fresh.clone();
        lab.files(&node("Node2"))
            .write(&path("/etc/vfstab"), bad.as_bytes(), Mode(0o644), Owner::ROOT)
            .unwrap();
        let line = "scrgadm -a -j CAL-HASP-RS -g CAL-RG -t SUNW.HAStoragePlus -x FilesystemMountPoints=/cal";
        assert_eq!(lab.fails("Node1", line), 16, "{bad:?}");
    }
}

/// The memory lab carries the crash matrix: a snapshot must cost next to nothing.
#[test]
fn snapshots_are_cheap_and_independent() {
    let lab = installed();
    let before: Digest = lab.digest(&[]);
    let start = std::time::Instant::now();
    let copies: Vec<Memory> = (0..1000).map(|_| lab.clone()).collect();
    assert!(start.elapsed().as_millis() < 1000, "{:?}", start.elapsed());
    let mut other = copies[0].clone();
    other.ok("Node1", "rm /cal/config/ics.conf");
    assert_eq!(lab.digest(&[]), before);
    assert_ne!(other.digest(&[]), before);
}

#[test]
fn a_global_file_system_is_on_every_node_that_is_up() {
    let mut settings = settings();
    settings.instances[0].file_system.kind = calha::setting::FileSystemKind::Cluster;
    let mut lab = Memory::new(&settings);
    for host in ["Node1", "Node2"] {
        lab.ok(host, "mkdir /cal");
        lab.ok_with(
            host,
            "tee -a /etc/vfstab",
            &VFSTAB.replace("no\tlogging", "yes\tglobal,logging"),
        );
    }
    lab.ok("Node2", "mount /cal");
    lab.ok("Node2", "touch /cal/seen");
    assert_eq!(lab.ok("Node1", "ls /cal"), "seen\n");
    lab.fails("Node1", "mount /cal");
    lab.kill_node(&node("Node1"));
    lab.boot_node(&node("Node1"));
    assert_eq!(lab.ok("Node1", "ls /cal"), "seen\n");
    lab.ok("Node1", "scrgadm -a -t SUNW.HAStoragePlus");
    lab.ok("Node1", "scrgadm -a -g CAL-RG");
    lab.ok(
        "Node1",
        "scrgadm -a -j CAL-HASP-RS -g CAL-RG -t SUNW.HAStoragePlus -x FilesystemMountPoints=/cal",
    );
    lab.ok("Node1", "scswitch -Z -g CAL-RG");
    lab.ok("Node1", "scswitch -z -g CAL-RG -h Node2");
    lab.ok("Node1", "scswitch -F -g CAL-RG");
    assert_eq!(lab.ok("Node1", "ls /cal"), "seen\n");
    lab.ok("Node1", "umount /cal");
    assert_eq!(lab.ok("Node2", "ls /cal"), "");
}
