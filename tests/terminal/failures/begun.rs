//! An installation that did not come to its end, and why.

use std::os::unix::process::ExitStatusExt as _;
use std::process::Stdio;
use std::time::Duration;

use calha::lab::{Fault, Trouble};
use calha::node::NodeName;

use super::{Failure, NOTHING};
use crate::real_root::possible;
use crate::site::Site;
use crate::thorough::thorough;

/// The first call of a program on a node goes wrong.
fn goes_wrong(site: &Site, program: &str, trouble: Trouble) {
    let (host, argument) = (Some(NodeName("Node1".into())), None);
    let program = program.to_owned();
    site.lab.inject(Fault::Call { program, host, argument, nth: 1, seen: 0, trouble }).unwrap();
}

fn installs(site: &Site) {
    assert_ne!(site.run("install", &["--yes"]).status, 0);
}

/// An installation is killed while a command of this step is at work.
fn is_killed_in(site: &Site, step: &str) {
    let words = ["install", site.profile.to_str().unwrap(), "--yes"];
    let mut run = site.program(&words);
    let mut run = run.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let root = site.lab.root(&NodeName("Node1".into()));
    let at_work = root.join(format!("var/opt/calha/calendar-cluster/site/{step}.1.pid"));
    while !at_work.exists() {
        assert!(run.try_wait().unwrap().is_none(), "it has ended before {step}");
        std::thread::sleep(Duration::from_millis(20));
    }
    run.kill().unwrap();
    assert_eq!(run.wait().unwrap().signal(), Some(9));
}

const BEGUN: [Failure<'static>; 5] = [
    Failure {
        name: "a disk is full",
        cause: &|site| {
            let host = NodeName("Node2".into());
            site.lab.inject(Fault::DiskFull { host, path: "/etc".into() }).unwrap();
            installs(site);
        },
        says: &["failed in ", " on Node2: ", "o space"],
        hands: &|site| site.lab.clear_faults().unwrap(),
    },
    Failure {
        name: "a task of the configurator has FAILED",
        cause: &|site| {
            goes_wrong(site, "csconfigurator.sh", Trouble::TaskFails { task: 4 });
            installs(site);
        },
        says: &["failed in configure-primary on Node1: ", "/usr/sbin/usermod"],
        hands: NOTHING,
    },
    Failure {
        name: "the password of the directory manager is wrong",
        cause: &|site| {
            site.lab.inject(Fault::ManagerPassword { password: "changed".into() }).unwrap();
            installs(site);
        },
        says: &[
            "failed in directory-server on ldap: ",
            "Invalid credentials",
            "put the password of cn=Directory Manager into /var/opt/calha-files/pw on ldap",
        ],
        hands: &|site| {
            let file = site.lab.root(&NodeName("ldap".into())).join("var/opt/calha-files/pw");
            std::fs::write(file, "changed\n").unwrap();
        },
    },
    Failure {
        name: "a run was killed, and its locks are left",
        cause: &|site| {
            goes_wrong(site, "groupadd", Trouble::Hangs { seconds: 1 });
            is_killed_in(site, "accounts");
        },
        says: &["cut off in "],
        hands: NOTHING,
    },
    Failure {
        name: "the configurator hangs, and somebody has ended the run",
        cause: &|site| {
            goes_wrong(site, "csconfigurator.sh", Trouble::Hangs { seconds: 4 });
            is_killed_in(site, "configure-primary");
        },
        says: &["cut off in configure-primary on Node1"],
        hands: NOTHING,
    },
];

#[test]
fn an_installation_that_stopped_comes_to_its_end_by_what_is_printed() {
    let some = if thorough() { &BEGUN[..] } else { &[] };
    for failure in some {
        let site = Site::new();
        if !possible(&site.lab) {
            return;
        }
        failure.is_got_out_of(&site);
    }
}
