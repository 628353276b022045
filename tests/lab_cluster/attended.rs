//! Vendor programs that ask: defaults, answers, the end of the input; in memory and on disk.

use calha::lab::{Disk, Memory};
use calha::node::Files;

use crate::disk::Typed;
use crate::site::*;

const CONFIGURATOR: &str = "/opt/SUNWics5/cal/sbin/csconfigurator.sh -saveState /var/tmp/recorded";

/// One answer a line: directory host, port, manager, password, administrator, port, user, group, start now, at boot, the
/// directories, each panel's "Create directory?".
const SHARED: &str = "ldap\n\n\nsecret\n\n8080\n\n\nno\nn\n/cal/config\n/cal/csdb\n/cal/store\n/cal/logs\n/cal/tmp\n\n/cal/csdb/archive\n/cal/csdb/hotbackup\nyes\n";

#[test]
fn the_end_of_the_input_ends_with_1_and_changes_nothing() {
    let mut memory = Memory::new(&settings());
    let mut disk = Typed::new();
    let before = memory.digest(&[]);
    for (host, line, input) in [
        ("Node1", "/net/media/installer", ""),
        ("Node1", "/net/media/installer -nodisplay -saveState /root/s", "yes\n/opt\n"),
        ("Node1", "/net/media/installer", "no\n"),
        ("ldap", "/opt/SUNWcomds/sbin/comm_dssetup.pl", "y\n\n\n"),
        ("ldap", "perl /opt/SUNWcomds/sbin/comm_dssetup.pl", "n\n"),
    ] {
        let one = memory.line(host, line, input);
        let two = disk.line(host, line, input);
        assert_eq!(
            (one.status, &one.stdout, &one.stderr),
            (two.status, &two.stdout, &two.stderr),
            "{line}"
        );
        assert_eq!(one.status, 1, "{line}");
        assert!(String::from_utf8_lossy(&one.stderr).contains("nothing was changed"), "{line}");
        assert!(one.text().contains('[') && one.text().contains("]: "), "{line}: {}", one.text());
    }
    assert_eq!(before.differences(&memory.digest(&[])), Vec::<String>::new());
    assert_eq!(before.differences(&disk.lab.digest_all(&[]).unwrap()), Vec::<String>::new());
}

#[test]
fn an_attended_run_makes_what_a_silent_one_makes() {
    for disk in [false, true] {
        let mut memory = Memory::new(&settings());
        let mut typed = Typed::new();
        let lab: &mut dyn TypingObject = if disk { &mut typed } else { &mut memory };
        for host in ["Node1", "Node2"] {
            lab.type_line(host, "groupadd -g 7634 icsgroup", "");
            lab.type_line(host, "useradd -u 7633 -g icsgroup -d / icsuser", "");
            lab.type_line(host, "mkdir -p /cal", "");
            let said = lab.type_line(
                host,
                "/net/media/installer -saveState /var/tmp/installer.recorded",
                "\n\n\n\n",
            );
            assert!(said.contains("Installation directory [/opt]: "), "{said}");
        }
        let said = lab.type_line(
            "ldap",
            "perl /opt/SUNWcomds/sbin/comm_dssetup.pl",
            "y\n\n\n\nsecret\n\n\n7\n2\n\n\n\ny\n",
        );
        assert!(said.contains("7: not a valid answer") && said.contains("Successful"), "{said}");
        let said = lab.type_line("Node1", CONFIGURATOR, SHARED);
        assert!(
            said.contains("Start after successful configuration? [yes]: ")
                && said.contains("All Tasks Passed"),
            "{said}"
        );
        assert!(said.contains("Directories: configuration [/etc/opt/SUNWics5/config]: "), "{said}");
        let recorded = lab.type_line("Node1", "cat /var/tmp/recorded", "");
        for line in [
            "sim.dir.config = /cal/config",
            "sim.start.now = false",
            "sim.start.boot = false",
            "sim.service.port = 8080",
        ] {
            assert!(recorded.lines().any(|l| l == line), "no {line} in\n{recorded}");
        }
        assert!(!recorded.contains("secret"));
        // What was recorded runs silently on the other node.
        lab.type_line("Node2", "tee /var/tmp/recorded", &recorded);
        let again = lab.type_line("Node2", &format!("{CONFIGURE} -state /var/tmp/recorded"), "");
        assert!(again.contains("All Tasks Passed"), "{again}");
        let cluster =
            if disk { Disk::cluster(&typed.lab).unwrap() } else { memory.cluster().clone() };
        assert!(cluster.directory_prepared);
        assert!(
            cluster.hosts.values().all(|m| m.running.is_empty() && m.starts_at_boot.is_empty())
        );
    }
}

/// So that one loop can type at either lab.
trait TypingObject {
    fn type_line(&mut self, host: &str, line: &str, input: &str) -> String;
}

impl<T: Typing> TypingObject for T {
    fn type_line(&mut self, host: &str, line: &str, input: &str) -> String {
        self.ok_with(host, line, input)
    }
}

#[test]
fn a_start_option_that_stays_on_runs_the_product_outside_the_cluster() {
    let mut lab = Memory::new(&settings());
    prepare(&mut lab);
    // Every default but the directories: both start options stay on.
    let answers = SHARED.replace("no\nn\n", "\n\n");
    lab.ok_with("Node1", CONFIGURATOR, &answers);
    let machine = &lab.cluster().hosts[&node("Node1")];
    assert_eq!(
        (machine.running.clone(), machine.starts_at_boot.clone()),
        (vec!["/opt/SUNWics5/cal".to_string()], vec!["/opt/SUNWics5/cal".into()])
    );
    lab.kill_node(&node("Node1"));
    assert!(lab.cluster().hosts[&node("Node1")].running.is_empty());
    lab.boot_node(&node("Node1"));
    assert_eq!(lab.cluster().hosts[&node("Node1")].running.len(), 1);
    // The agent finds it in its way.
    lab.ok_with("Node2", "tee -a /cal/config/ics.conf", HA_BLOCK);
    lab.ok("Node2", "scswitch -z -g CAL-RG -h Node1");
    lab.ok("Node1", "scrgadm -a -j CAL-SVR-RS -g CAL-RG -t SUNW.scics -x ICS_serverroot=/opt/SUNWics5/cal -y Resource_dependencies=CAL-HASP-RS");
    let output = lab.line("Node1", "scswitch -e -j CAL-SVR-RS", "");
    assert!(
        !output.success()
            && String::from_utf8_lossy(&output.stderr).contains("outside the cluster"),
        "{output:?}"
    );
    // A directory that is not to be made must be there.
    let refuses =
        SHARED.replace("/cal/tmp\n\n", "/cal/tmp\nno\n").replace("/cal/logs", "/cal/elsewhere");
    let output = lab.line("Node1", CONFIGURATOR, &refuses);
    assert!(
        output.status == 1 && output.text().contains("FAILED: /bin/mkdir"),
        "{}",
        output.text()
    );
    assert!(!lab.files(&node("Node1")).stat(&path("/cal/elsewhere")).unwrap().exists());
}
