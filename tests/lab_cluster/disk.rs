//! On disk: the same history ends the same, mounts change places, services listen, a kill leaves nothing half done.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use calha::lab::{Disk, Fault, Memory, Trouble};
use calha::node::Output;

use crate::site::*;

/// A lab in a temporary directory, its programs started as a shell would.
pub struct Typed {
    pub lab: Disk,
    pub directory: tempfile::TempDir,
}

impl Typed {
    pub fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let lab = Disk::create(
            &directory.path().join("lab"),
            &settings(),
            Path::new(env!("CARGO_BIN_EXE_calha")),
        )
        .unwrap();
        Self { lab, directory }
    }

    pub fn command(&self, host: &str, program: &str) -> Command {
        let mut command =
            Command::new(self.lab.root(&node(host)).join(program.trim_start_matches('/')));
        command
            .env_clear()
            .envs(self.lab.environment(&node(host)))
            .current_dir(self.lab.root(&node(host)));
        command
    }

    pub fn shell(&self, host: &str, script: &str) -> Output {
        let output = self.command(host, "/usr/bin/sh").arg("-c").arg(script).output().unwrap();
        Output {
            status: output.status.code().unwrap_or(-1),
            stdout: output.stdout,
            stderr: output.stderr,
        }
    }
}

impl Typing for Typed {
    fn run(&mut self, host: &str, program: &str, args: &[&str], stdin: &str) -> Output {
        let mut command = self.command(host, program);
        let mut child = command
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect(program);
        // A program that does not read its input may be gone already.
        let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
        let output = child.wait_with_output().unwrap();
        Output {
            status: output.status.code().unwrap_or(-1),
            stdout: output.stdout,
            stderr: output.stderr,
        }
    }
}

#[test]
fn the_same_history_ends_the_same_as_in_memory() {
    let mut disk = Typed::new();
    let mut memory = Memory::new(&settings());
    assert_eq!(
        memory.digest(&[]).differences(&disk.lab.digest_all(&[]).unwrap()),
        Vec::<String>::new()
    );
    prepare(&mut disk);
    configure(&mut disk);
    prepare(&mut memory);
    configure(&mut memory);
    assert_eq!(
        memory.digest(&[]).differences(&disk.lab.digest_all(&[]).unwrap()),
        Vec::<String>::new()
    );
    assert_eq!(memory.calls(), disk.lab.calls().unwrap());

    // It really listens, on the loopback interface only, and answers.
    let port = disk.lab.service_port("192.168.10.50", 8080).expect("the service listens");
    let mut said = String::new();
    TcpStream::connect(("127.0.0.1", port)).unwrap().read_to_string(&mut said).unwrap();
    assert!(said.contains("192.168.10.50:8080 on Node1"), "{said}");
    assert!(disk.ok("Node1", "netstat -an -f inet").contains("192.168.10.50.8080 "));
    assert!(!disk.ok("Node2", "netstat -an -f inet").contains(".8080 "));

    // A second look changes nothing; power off moves it.
    let changing = disk.lab.changing_calls().unwrap().len();
    disk.ok("Node1", "mkdir -p /cal");
    disk.ok("Node1", "scstat");
    disk.fails("Node1", "scrgadm -e -j CAL-SVR-RS");
    assert_eq!(disk.lab.changing_calls().unwrap().len(), changing);
    disk.lab.kill_node(&node("Node1")).unwrap();
    assert_eq!(disk.fails("Node1", "true"), 255);
    assert!(disk.ok("Node2", "netstat -an").contains("192.168.10.50.8080 "));
    disk.ok("Node2", "scswitch -n -j CAL-SVR-RS");
    assert_eq!(disk.lab.service_port("192.168.10.50", 8080), None);
}

/// What an administrator reads where a method has failed stands in the node's own log: which method
/// of which resource, where, and what it is now.
fn says_in_the_log<L: Typing>(lab: &mut L, inject: impl Fn(&mut L, Fault)) {
    prepare(lab);
    configure(lab);
    let messages = |lab: &mut L| lab.ok("Node1", "cat /var/adm/messages");
    let says = |lab: &mut L, parts: &[&str]| {
        let log = messages(lab);
        assert!(log.lines().any(|line| parts.iter().all(|p| line.contains(p))), "{parts:?}\n{log}");
    };
    for resource in ["CAL-SVR-RS", "CAL-HASP-RS", "LOG-HOST-RS"] {
        assert!(!messages(lab).contains("> failed on "), "{}", messages(lab));
        let host = Some(node("Node1"));
        inject(lab, Fault::StartFails { resource: resource.into(), host });
        lab.fails("Node1", "scswitch -R -h Node1 -g CAL-RG");
        let on = format!("start> failed on resource <{resource}> in resource group <CAL-RG>");
        says(lab, &["Node1 Cluster.RGM.rgmd: [ID 938318 daemon.error] Method <", &on]);
        says(lab, &[&format!("resource {resource} state on node Node1 change to R_START_FAILED")]);
        lab.ok("Node1", "cp /dev/null /var/adm/messages");
        lab.ok("Node1", "scswitch -z -g CAL-RG -h Node2");
        // In place of the one before.
        inject(lab, Fault::StaysPending { group: "none".into() });
        lab.ok("Node1", "scswitch -z -g CAL-RG -h Node1");
    }
    inject(lab, Fault::StopFails { resource: "CAL-SVR-RS".into() });
    lab.fails("Node1", "scswitch -F -g CAL-RG");
    says(lab, &["stop> failed on resource <CAL-SVR-RS> in resource group <CAL-RG>"]);
    says(lab, &["resource CAL-SVR-RS state on node Node1 change to R_STOP_FAILED"]);
    lab.ok("Node1", "scswitch -c -h Node1 -j CAL-SVR-RS -f STOP_FAILED");
    lab.ok("Node1", "scswitch -R -h Node1 -g CAL-RG");
    inject(lab, Fault::StaysStopping { resource: "CAL-SVR-RS".into() });
    lab.fails("Node1", "scswitch -F -g CAL-RG");
    says(lab, &["stop> on resource <CAL-SVR-RS>, resource group <CAL-RG>", "Timed out."]);
}

#[test]
fn a_failed_method_stands_in_the_log_of_its_node() {
    // One fault at a time.
    says_in_the_log(&mut Memory::new(&settings()), |lab, fault| {
        lab.clear_faults();
        lab.inject(fault);
    });
    says_in_the_log(&mut Typed::new(), |typed, fault| {
        typed.lab.clear_faults().unwrap();
        typed.lab.inject(fault).unwrap();
    });
}

#[test]
fn what_was_under_a_mount_point_comes_back() {
    let mut lab = Typed::new();
    lab.ok("Node1", "mkdir -p /cal");
    lab.ok("Node1", "touch /cal/hidden");
    lab.ok_with("Node1", "tee -a /etc/vfstab", VFSTAB);
    lab.ok("Node1", "mount /cal");
    assert_eq!(lab.ok("Node1", "ls /cal"), "");
    assert!(lab.ok("Node1", "ls -ldn /cal").starts_with("drwxr-xr-x"));
    assert!(
        lab.ok("Node1", "cat /etc/mnttab")
            .contains("/dev/md/penguin/dsk/d400\t/cal\tufs\trw,logging\t")
    );
    lab.ok("Node1", "touch /cal/shared");
    for busy in ["rmdir /cal", "rm -r /cal", "mv /cal /cal2"] {
        lab.fails("Node1", busy);
    }
    // The first of these emptied the file system, as on a real node, but not the mount.
    assert_eq!(lab.ok("Node1", "ls /cal"), "");
    lab.ok("Node1", "touch /cal/shared");
    // Redirections of a shell go where the programs look.
    assert!(lab.shell("Node1", "echo text > $CALHA_LAB_ROOT/cal/written").success());
    assert_eq!(lab.ok("Node1", "cat /cal/written"), "text\n");
    // A failover file system is on one node at a time.
    lab.ok("Node2", "mkdir -p /cal");
    lab.ok_with("Node2", "tee -a /etc/vfstab", VFSTAB);
    lab.fails("Node2", "mount /cal");
    lab.ok("Node1", "umount /cal");
    assert_eq!(lab.ok("Node1", "ls /cal"), "hidden\n");
    lab.ok("Node2", "mount /cal");
    assert_eq!(lab.ok("Node2", "ls /cal"), "shared\nwritten\n");
    // Owners travel with the file and survive a copy that keeps them.
    lab.ok("Node2", "chown 7633:7634 /cal/written");
    lab.ok("Node2", "cp -p /cal/written /etc/copy");
    lab.ok("Node2", "mv /etc/copy /cal/moved");
    assert!(lab.ok("Node2", "ls -ln /cal/moved").contains("7633     7634"));
}

#[test]
fn a_kill_between_state_and_mount_is_mended() {
    let mut lab = Typed::new();
    lab.ok("Node1", "mkdir -p /cal");
    lab.ok("Node1", "touch /cal/hidden");
    lab.ok_with("Node1", "tee -a /etc/vfstab", VFSTAB);
    lab.ok("Node1", "mount /cal");
    // As if mount(1M) had been killed after the state was written: the directory stands there, no link is at hand.
    let (root, dir) = (lab.lab.root(&node("Node1")), lab.directory.path().join("lab"));
    std::fs::remove_file(root.join("cal")).unwrap();
    std::fs::rename(dir.join("hidden/Node1/%2Fcal"), root.join("cal")).unwrap();
    lab.ok("Node1", "touch /cal/shared");
    assert!(root.join("cal").is_symlink());
    // Killed while another program runs: the lock goes with the process.
    let mut hung = Fault::Call {
        program: "scrgadm".into(),
        host: None,
        argument: None,
        nth: 1,
        seen: 0,
        trouble: Trouble::Floods { lines: 2000 },
    };
    if let Fault::Call { trouble, .. } = &mut hung {
        *trouble = Trouble::Hangs { seconds: 600 };
    }
    lab.lab.inject(hung).unwrap();
    let mut child =
        lab.command("Node1", "/usr/cluster/bin/scrgadm").args(["-a", "-g", "X"]).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(100));
    child.kill().unwrap();
    child.wait().unwrap();
    lab.ok("Node1", "umount /cal");
    assert_eq!(lab.ok("Node1", "ls /cal"), "hidden\n");
    assert!(lab.lab.cluster().unwrap().group("X").is_none());
}
