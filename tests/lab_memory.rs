//! The simulated cluster in memory: the corrected commands of the guide pass, its wrong ones are refused without effect.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use calha::host::{Files, NodeName, Output};
use calha::lab::{Fault, Memory, Trouble};
use calha::op::effect::edit;
use calha::op::{Change, Command, Mode, NodePath, Owner};
use calha::setting::*;

fn path(text: &str) -> NodePath {
    NodePath::new(text).unwrap()
}

fn node(name: &str) -> NodeName {
    NodeName(name.into())
}

/// The guide's own names (tables 6-3, 6-5, 6-7), with a valid address (E20).
fn settings() -> Settings {
    let directories = Directories {
        config: path("/cal/config"),
        database: path("/cal/csdb"),
        store: path("/cal/store"),
        logs: path("/cal/logs"),
        tmp: path("/cal/tmp"),
        archive: path("/cal/csdb/archive"),
        hotbackup: path("/cal/csdb/hotbackup"),
    };
    let nodes = vec![node("Node1"), node("Node2")];
    Settings {
        cluster: Cluster {
            name: "penguin".into(),
            model: Model::Asymmetric,
            connections: nodes.iter().map(|n| (n.clone(), Connection::Local)).collect::<BTreeMap<_, _>>(),
            nodes,
        },
        account: Account { user: "icsuser".into(), group: "icsgroup".into(), uid: 5001, gid: 5001 },
        instances: vec![Instance {
            name: "cal".into(),
            install_root: path("/opt"),
            cal_svr_base: path("/opt/SUNWics5/cal"),
            var_dir: path("/var/opt/SUNWics5"),
            share_dir: path("/cal"),
            file_system: FileSystem {
                kind: FileSystemKind::Failover,
                block_device: path("/dev/md/penguin/dsk/d400"),
                raw_device: path("/dev/md/penguin/rdsk/d400"),
                fs_type: "ufs".into(),
                fsck_pass: "2".into(),
                mount_at_boot: false,
                options: "logging".into(),
            },
            directories,
            resource_group: "CAL-RG".into(),
            logical_host: LogicalHost {
                name: "cal-host".into(),
                fqdn: "cal-host.example.com".into(),
                address: Ipv4Addr::new(192, 0, 2, 10),
                resource: "LOG-HOST-RS".into(),
                description: "LogicalHostname resource for LOG-HOST-RS".into(),
                netiflist: None,
            },
            hasp_resource: "CAL-HASP-RS".into(),
            hasp_description: "Failover data service resource for SUNW.HAStoragePlus".into(),
            service_resource: "CAL-SVR-RS".into(),
            port: 80,
        }],
        installer: Installer {
            mode: RunMode::Silent,
            program: Some(path("/cdrom/cdrom0/installer")),
            state_file: Some(path("/var/tmp/installer.state")),
        },
        configurator: Configurator {
            mode: RunMode::Silent,
            state_file: path("/var/tmp/saveState"),
            state_option: "-state".into(),
            record_option: "-saveState".into(),
            silent_options: ["-nodisplay", "-noconsole", "-novalidate"].map(String::from).to_vec(),
        },
        directory: Directory {
            host: node("ldap"),
            port: 389,
            connection: Connection::None,
            mode: RunMode::Operator,
            program: path("/opt/SUNWcomds/sbin/comm_dssetup.pl"),
            server_root: path("/var/opt/mps/serverroot"),
            instance: "slapd-ldap".into(),
            dc_suffix: "o=internet".into(),
            user_group_suffix: "o=usergroup".into(),
            manager_dn: "cn=Directory Manager".into(),
            schema_type: "2".into(),
            password_file_option: None,
            password_file: None,
        },
        limits: Limits { query: 60, cluster: 3600, vendor: 7200 },
    }
}

fn type_in(lab: &mut Memory, on: &str, line: &str) -> Output {
    let mut words = line.split(' ').filter(|w| !w.is_empty());
    let program = match words.next().unwrap() {
        short @ ("scrgadm" | "scswitch" | "scha_resourcegroup_get" | "scha_resource_get") => format!("/usr/cluster/bin/{short}"),
        full => full.to_owned(),
    };
    let args: Vec<String> = words.map(String::from).collect();
    lab.exec(&node(on), &Command::new(&program, args), b"").unwrap()
}

fn passes(lab: &mut Memory, on: &str, line: &str) -> String {
    let output = type_in(lab, on, line);
    assert!(output.success(), "{on}# {line}\n{}{}", output.text(), String::from_utf8_lossy(&output.stderr));
    output.text()
}

fn refused(lab: &mut Memory, on: &str, line: &str) {
    let before = lab.digest(&[]);
    let output = type_in(lab, on, line);
    assert!(!output.success(), "{on}# {line} was taken:\n{}", output.text());
    assert_eq!(before.differences(&lab.digest(&[])), Vec::<String>::new(), "{on}# {line} was refused but changed something");
}

fn prepare(lab: &mut Memory) {
    for name in ["Node1", "Node2"] {
        passes(lab, name, "/usr/sbin/groupadd -g 5001 icsgroup");
        passes(lab, name, "/usr/sbin/useradd -u 5001 -g icsgroup -d / icsuser");
        let mut files = lab.files(&node(name));
        files.mkdir(&path("/cal"), Mode(0o755), Owner::ROOT).unwrap();
        let line = "/dev/md/penguin/dsk/d400\t/dev/md/penguin/rdsk/d400\t/cal\tufs\t2\tno\tlogging";
        let vfstab = files.read(&path("/etc/vfstab")).unwrap();
        let after = edit(&vfstab, &[Change::AddLine { line: line.into(), key: "/cal".into() }]);
        files.write(&path("/etc/vfstab"), &after, Mode(0o644), Owner::ROOT).unwrap();
        drop(files);
        passes(lab, name, "/cdrom/cdrom0/installer -nodisplay -noconsole -state /var/tmp/installer.state");
    }
    for line in [
        "scrgadm -a -t SUNW.HAStoragePlus",
        "scrgadm -a -t SUNW.scics",
        "scrgadm -a -g CAL-RG -h Node1,Node2",
        "scrgadm -a -L -g CAL-RG -l cal-host -j LOG-HOST-RS",
        "scswitch -Z -g CAL-RG",
        "scrgadm -a -j CAL-HASP-RS -g CAL-RG -t SUNW.HAStoragePlus -x FilesystemMountPoints=/cal -x AffinityOn=True",
        "scswitch -e -j CAL-HASP-RS",
    ] {
        passes(lab, "Node1", line);
    }
}

fn state(lab: &mut Memory, on: &str) -> String {
    passes(lab, on, &format!("scha_resourcegroup_get -O RG_STATE_NODE -G CAL-RG {on}")).trim().to_owned()
}

fn install(lab: &mut Memory) {
    prepare(lab);
    let configure = "/opt/SUNWics5/cal/sbin/csconfigurator.sh -nodisplay -noconsole -novalidate -state /var/tmp/saveState";
    let said = passes(lab, "Node1", configure);
    assert!(said.contains("PASSED: /usr/sbin/groupadd icsgroup : status = 9"), "{said}");
    assert!(said.contains("All Tasks Passed"), "{said}");
    let mut files = lab.files(&node("Node1"));
    let state_file = files.read(&path("/var/tmp/saveState")).unwrap();
    files.write(&path("/cal/saveState"), &state_file, Mode(0o600), Owner::ROOT).unwrap();
    drop(files);
    passes(lab, "Node1", "scswitch -z -g CAL-RG -h Node2");
    assert_eq!((state(lab, "Node1").as_str(), state(lab, "Node2").as_str()), ("OFFLINE", "ONLINE"));
    passes(lab, "Node2", &configure.replace("/var/tmp", "/cal"));
    let conf = path("/cal/config/ics.conf");
    let mut files = lab.files(&node("Node2"));
    let block = "! BEGIN\nlocal.server.ha.enabled=\"yes\"\nlocal.server.ha.agent=\"SUNWscics\"\nservice.http.listenaddr=\"192.0.2.10\"\nlocal.hostname=\"cal-host\"\nlocal.servername=\"cal-host\"\nservice.ens.host=\"cal-host\"\nservice.http.calendarhostname=\"cal-host.example.com\"\nlocal.autorestart=\"yes\"\nservice.listenaddr=\"192.0.2.10\"\n! END\n";
    let before = files.read(&conf).unwrap();
    let after = edit(&before, &[Change::SetBlock { begin: "! BEGIN".into(), end: "! END".into(), text: block.into() }]);
    files.write(&conf, &after, Mode(0o600), Owner { uid: 5001, gid: 5001 }).unwrap();
    drop(files);
    passes(
        lab,
        "Node2",
        "scrgadm -a -j CAL-SVR-RS -g CAL-RG -t SUNW.scics -x ICS_serverroot=/opt/SUNWics5/cal -y Resource_dependencies=CAL-HASP-RS,LOG-HOST-RS",
    );
    refused(lab, "Node2", "scrgadm -e -j CAL-SVR-RS"); // E34
    passes(lab, "Node2", "scswitch -e -j CAL-SVR-RS");
    passes(lab, "Node2", "scswitch -z -g CAL-RG -h Node1");
    assert_eq!((state(lab, "Node1").as_str(), state(lab, "Node2").as_str()), ("ONLINE", "OFFLINE"));
}

#[test]
fn the_corrected_asymmetric_commands_bring_the_service_online() {
    let mut lab = Memory::new(&settings());
    install(&mut lab);
    let service = passes(&mut lab, "Node1", "scha_resource_get -O RESOURCE_STATE_NODE -R CAL-SVR-RS -G CAL-RG Node1");
    assert_eq!(service.trim(), "ONLINE");
    assert!(passes(&mut lab, "Node1", "/usr/bin/netstat -an").contains("192.0.2.10.80"), "nothing listens");
    assert!(!passes(&mut lab, "Node2", "/usr/bin/netstat -an").contains("192.0.2.10.80"), "the other node listens too");
}

#[test]
fn the_guides_wrong_commands_are_refused_without_effect() {
    let mut lab = Memory::new(&settings());
    refused(&mut lab, "Node1", "/usr/bin/mkdir -P /Cal"); // E25
    refused(&mut lab, "Node1", "scrgadm -a -j X -g CAL-RG -t SUNW.scics"); // no such group
    install(&mut lab);
    refused(&mut lab, "Node1", "scrgadm -R -j CAL-SVR-RS"); // E37
    refused(&mut lab, "Node1", "scrgadm -r -g CAL-RG"); // E38: resources exist
    refused(&mut lab, "Node1", "scrgadm -r -j CAL-SVR-RS"); // E39: enabled
    refused(&mut lab, "Node1", "scrgadm -r -t SUNW.HAStorage"); // E40
    refused(&mut lab, "Node1", "scrgadm -a -t SUNW.scics"); // registered already
    refused(&mut lab, "Node1", "scswitch -n -j CAL-HASP-RS"); // an enabled resource depends on it
}

#[test]
fn the_group_moves_when_its_node_dies_and_the_service_with_it() {
    let mut lab = Memory::new(&settings());
    install(&mut lab);
    lab.kill_node(&node("Node1"));
    assert_eq!(state(&mut lab, "Node2"), "ONLINE");
    let service = passes(&mut lab, "Node2", "scha_resource_get -O RESOURCE_STATE_NODE -R CAL-SVR-RS -G CAL-RG Node2");
    assert_eq!(service.trim(), "ONLINE");
    lab.boot_node(&node("Node1"));
    assert_eq!(state(&mut lab, "Node2"), "ONLINE");
}

#[test]
fn looking_changes_nothing_and_a_change_is_counted() {
    let mut lab = Memory::new(&settings());
    install(&mut lab);
    let before = lab.changing_calls().len();
    assert!(before > 10, "the counter does not count");
    passes(&mut lab, "Node2", "scha_resourcegroup_get -O NODELIST -G CAL-RG");
    passes(&mut lab, "Node2", "/usr/cluster/bin/scstat -g");
    passes(&mut lab, "Node2", "scrgadm -pvv");
    assert_eq!(lab.changing_calls().len(), before);
    passes(&mut lab, "Node2", "scswitch -z -g CAL-RG -h Node2");
    assert_eq!(lab.changing_calls().len(), before + 1);
}

#[test]
fn a_failed_task_and_korean_are_staged() {
    for (trouble, word) in [(Trouble::TaskFails { task: 3 }, "FAILED: "), (Trouble::Korean, "모든 작업이 성공했습니다")]
    {
        let mut lab = Memory::new(&settings());
        prepare(&mut lab);
        lab.inject(Fault::Call { program: "csconfigurator.sh".into(), host: None, argument: None, nth: 1, seen: 0, trouble });
        let line = "/opt/SUNWics5/cal/sbin/csconfigurator.sh -nodisplay -noconsole -novalidate -state /var/tmp/saveState";
        assert!(type_in(&mut lab, "Node1", line).text().contains(word), "no {word}");
    }
}
