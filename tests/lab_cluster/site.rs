//! The guide's asymmetric example and what a test types at a lab of it.

use std::collections::BTreeMap;

use calha::lab::Memory;
use calha::node::{Command, NodeName, NodePath, Output};
use calha::setting::*;

pub fn path(text: &str) -> NodePath {
    NodePath::new(text).unwrap()
}

pub fn node(name: &str) -> NodeName {
    NodeName(name.into())
}

/// The guide's own asymmetric example, everything silent.
pub fn settings() -> Settings {
    Settings {
        cluster: Cluster {
            name: "calendar".into(),
            model: Model::Asymmetric,
            nodes: vec![node("Node1"), node("Node2")],
            connections: BTreeMap::new(),
            becomes: BTreeMap::new(),
            hasp_type: None,
            service_type: None,
        },
        account: Account { user: "icsuser".into(), group: "icsgroup".into(), uid: 7633, gid: 7634 },
        instances: vec![Instance {
            name: "cs1".into(),
            nodes: vec![node("Node1"), node("Node2")],
            install_root: path("/opt"),
            cal_svr_base: path("/opt/SUNWics5/cal"),
            var_dir: path("/var/opt/SUNWics5"),
            share_dir: path("/cal"),
            file_system: FileSystem {
                kind: FileSystemKind::Failover,
                mount_point: path("/cal"),
                block_device: path("/dev/md/penguin/dsk/d400"),
                raw_device: path("/dev/md/penguin/rdsk/d400"),
                fs_type: "ufs".into(),
                fsck_pass: "2".into(),
                mount_at_boot: false,
                options: "logging".into(),
            },
            program_file_systems: Vec::new(),
            directories: Directories {
                config: path("/cal/config"),
                database: path("/cal/csdb"),
                store: path("/cal/store"),
                logs: path("/cal/logs"),
                tmp: path("/cal/tmp"),
                archive: path("/cal/csdb/archive"),
                hotbackup: path("/cal/csdb/hotbackup"),
            },
            resource_group: "CAL-RG".into(),
            logical_host: LogicalHost {
                name: "cal-logical-host".into(),
                fqdn: "cal-logical-host.example.com".into(),
                address: std::net::Ipv4Addr::new(192, 168, 10, 50),
                resource: "LOG-HOST-RS".into(),
                description: "LogicalHostname resource".into(),
                netiflist: None,
            },
            hasp_resource: "CAL-HASP-RS".into(),
            hasp_description: "Failover data service resource".into(),
            service_resource: "CAL-SVR-RS".into(),
            port: 8080,
            watcher_port: None,
        }],
        installer: Installer {
            kind: InstallerKind::Suite5,
            mode: RunMode::Silent,
            program: Some(path("/net/media/installer")),
            state_file: Some(path("/var/tmp/installer.state")),
        },
        configurator: Configurator {
            mode: RunMode::Silent,
            state_file: Some(path("/root/saveState")),
            state_option: "-state".into(),
            record_option: "-saveState".into(),
            silent_options: vec!["-nodisplay".into(), "-noconsole".into(), "-novalidate".into()],
        },
        directory: Directory {
            host: node("ldap"),
            port: 389,
            connection: Connection::None,
            becomes: None,
            mode: RunMode::Silent,
            program: path("/opt/SUNWcomds/sbin/comm_dssetup.pl"),
            server_root: path("/var/opt/mps/serverroot"),
            instance: "slapd-ldap".into(),
            dc_suffix: "o=internet".into(),
            user_group_suffix: "o=usergroup".into(),
            manager_dn: "cn=Directory Manager".into(),
            schema_type: "2".into(),
            password_file_option: Some("-j".into()),
            password_file: Some(path("/root/dm.password")),
        },
        limits: Limits { query: 10, cluster: 1800, vendor: 3600 },
    }
}

/// What the tests type, at either lab.
pub trait Typing {
    fn run(&mut self, host: &str, program: &str, args: &[&str], stdin: &str) -> Output;

    /// A line: the first word is looked for where it lives; `~` stands for a blank inside a word.
    fn line(&mut self, host: &str, line: &str, stdin: &str) -> Output {
        let mut words = line.split_whitespace();
        let program = match words.next().unwrap() {
            p if p.starts_with('/') => p.to_string(),
            p if p.starts_with("sc") => format!("/usr/cluster/bin/{p}"),
            p if ["mount", "umount", "groupadd", "useradd", "df", "ping"].contains(&p) => {
                format!("/usr/sbin/{p}")
            }
            p => format!("/usr/bin/{p}"),
        };
        let args: Vec<String> = words.map(|w| w.replace('~', " ")).collect();
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        self.run(host, &program, &args, stdin)
    }

    fn ok(&mut self, host: &str, line: &str) -> String {
        self.ok_with(host, line, "")
    }

    fn ok_with(&mut self, host: &str, line: &str, stdin: &str) -> String {
        let output = self.line(host, line, stdin);
        assert!(
            output.success(),
            "{host}: {line}: {} {}{}",
            output.status,
            output.text(),
            String::from_utf8_lossy(&output.stderr)
        );
        output.text()
    }

    fn fails(&mut self, host: &str, line: &str) -> i32 {
        let output = self.line(host, line, "");
        assert!(!output.success(), "{host}: {line}: was taken");
        output.status
    }
}

impl Typing for Memory {
    fn run(&mut self, host: &str, program: &str, args: &[&str], stdin: &str) -> Output {
        self.exec(&node(host), &Command::new(program, args.iter().copied()), stdin.as_bytes())
            .unwrap()
    }
}

pub const HA_BLOCK: &str = "local.server.ha.enabled=\"yes\"\nlocal.server.ha.agent=\"SUNWscics\"\nservice.http.listenaddr=\"192.168.10.50\"\n";
pub const VFSTAB: &str =
    "/dev/md/penguin/dsk/d400\t/dev/md/penguin/rdsk/d400\t/cal\tufs\t2\tno\tlogging\n";
pub const CONFIGURE: &str =
    "/opt/SUNWics5/cal/sbin/csconfigurator.sh -nodisplay -noconsole -novalidate";
pub const DSSETUP: &str = "/opt/SUNWcomds/sbin/comm_dssetup.pl -i yes -R no -c /var/opt/mps/serverroot -d slapd-ldap -r o=internet \
    -u o=usergroup -s yes -D cn=Directory~Manager -j /root/dm.password -b yes -t 2 -m yes";

/// Guide 6.6.1 to 6.6.3, "set up the primary node", corrected.
pub fn prepare(lab: &mut impl Typing) {
    for host in ["Node1", "Node2"] {
        lab.ok(host, "groupadd -g 7634 icsgroup");
        lab.ok(host, "useradd -u 7633 -g icsgroup -d / icsuser");
        lab.ok(host, "mkdir -p /cal");
        lab.ok_with(host, "tee -a /etc/vfstab", VFSTAB);
        lab.ok(host, "/net/media/installer -nodisplay -noconsole -state /var/tmp/installer.state");
    }
    lab.ok("ldap", DSSETUP);
    lab.ok("Node1", "scrgadm -a -t SUNW.HAStoragePlus");
    lab.ok("Node1", "scrgadm -a -t SUNW.scics");
    lab.ok("Node1", "scrgadm -a -g CAL-RG -h Node1,Node2");
    lab.ok("Node1", "scrgadm -a -L -g CAL-RG -l cal-logical-host -j LOG-HOST-RS");
    lab.ok("Node1", "scrgadm -c -j LOG-HOST-RS -y R_description=LogicalHostname~resource");
    lab.ok(
        "Node1",
        "scrgadm -a -j CAL-HASP-RS -g CAL-RG -t SUNW.HAStoragePlus -x FileSystemMountPoints=/cal -x AffinityOn=TRUE",
    );
    lab.ok("Node1", "scswitch -Z -g CAL-RG");
}

/// Guide 6.6.3, the configurator to the switch back, corrected.
pub fn configure(lab: &mut impl Typing) {
    let said = lab.ok("Node1", &format!("{CONFIGURE} -state /root/saveState"));
    assert!(
        said.contains("All Tasks Passed")
            && said.contains("PASSED: /usr/sbin/groupadd icsgroup : status = 9"),
        "{said}"
    );
    lab.ok("Node1", "cp -p /root/saveState /cal/saveState");
    lab.ok("Node1", "scswitch -z -g CAL-RG -h Node2");
    lab.ok("Node2", "ln -s /cal/config /opt/SUNWics5/cal");
    lab.ok("Node2", &format!("{CONFIGURE} -state /cal/saveState"));
    lab.ok("Node2", "cp -p /cal/config/ics.conf /cal/config/ics.conf.orig");
    lab.ok_with("Node2", "tee -a /opt/SUNWics5/cal/config/ics.conf", HA_BLOCK);
    lab.ok(
        "Node2",
        "scrgadm -a -j CAL-SVR-RS -g CAL-RG -t SUNW.scics -x ICS_serverroot=/opt/SUNWics5/cal -y Resource_dependencies=CAL-HASP-RS,LOG-HOST-RS",
    );
    lab.ok("Node2", "scswitch -e -j CAL-SVR-RS");
    lab.ok("Node1", "scswitch -z -g CAL-RG -h Node1");
}
