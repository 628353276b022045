//! A site that was healthy, and what happened to it since.

use std::process::Stdio;
use std::time::Duration;

use calha::journal::FileStore;
use calha::lab::{Fault, Trouble};
use calha::node::NodeName;

use super::{Failure, NOTHING};
use crate::real_root::{enter, possible};
use crate::site::Site;
use crate::thorough::thorough;

const CONF: &str = "/cal/config/ics.conf";

/// Somebody else types on a node.
fn on(site: &Site, node: &str, command: &str) {
    let output = enter(&site.lab, &NodeName(node.into()), &["-c", command]);
    assert!(output.status.success(), "{command}: {output:?}");
}

fn lab(site: &Site, words: &[&str]) {
    let directory = site.dir.path().join("lab").display().to_string();
    let mut all = vec!["lab", words[0], &directory];
    all.extend(&words[1..]);
    let said = site.calha(&all);
    assert_eq!(said.status, 0, "{words:?}: {}{}", said.out, said.err);
}

fn service(site: &Site, action: &str) {
    site.calha(&["service", action, site.profile.to_str().unwrap(), "--yes"]);
}

const CHANGED: [Failure<'static>; 14] = [
    Failure {
        name: "somebody has edited vfstab",
        cause: &|site| {
            let edit = "sed '/.cal./s/no/yes/' /etc/vfstab >/tmp/v; cp /tmp/v /etc/vfstab";
            on(site, "Node2", edit);
        },
        says: &["Node2, /etc/vfstab:", "mount at boot 'yes' instead of 'no'"],
        hands: NOTHING,
    },
    Failure {
        name: "the service does not stop",
        cause: &|site| {
            site.lab.inject(Fault::StopFails { resource: "CAL-SVR-RS".into() }).unwrap();
            service(site, "stop");
        },
        says: &[
            "CAL-SVR-RS is STOP_FAILED on Node1",
            "see that nothing of CAL-SVR-RS runs",
            "ps -fu icsuser",
        ],
        hands: NOTHING,
    },
    Failure {
        name: "a key behind the HA block",
        cause: &|site| on(site, "Node1", &format!("echo 'local.hostname = \"x\"' >>{CONF}")),
        says: &["set again after the block", "local.hostname=\"x\" instead of \"cal-host\""],
        hands: NOTHING,
    },
    Failure {
        name: "the service does not start",
        cause: &|site| does_not_start(site, "CAL-SVR-RS"),
        says: &["CAL-SVR-RS is START_FAILED on Node1", "read /var/adm/messages on Node1"],
        hands: &|site| site.lab.clear_faults().unwrap(),
    },
    Failure {
        name: "the logical address is taken",
        cause: &|site| {
            site.lab.inject(Fault::AddressTaken { address: "cal-host".into() }).unwrap();
            restart_group(site);
        },
        says: &[
            "LOG-HOST-RS is START_FAILED on Node1",
            "who else has its address? arp cal-host",
            "cal-host: another machine answers on ",
        ],
        hands: &|site| site.lab.clear_faults().unwrap(),
    },
    Failure {
        name: "a device is gone",
        cause: &|site| {
            names_the_volume(site, "/dev/md/penguin/dsk/gone");
            restart_group(site);
        },
        says: &["CAL-HASP-RS is START_FAILED on Node1", "read /var/adm/messages on Node1"],
        hands: &|site| names_the_volume(site, "/dev/md/penguin/dsk/d400"),
    },
    Failure {
        name: "the share is mounted elsewhere",
        cause: &|site| {
            on(site, "Node1", "/usr/cluster/bin/scswitch -F -g CAL-RG");
            on(site, "Node2", "/usr/sbin/mount /cal");
        },
        says: &["/cal is mounted on Node2, where CAL-RG is not online"],
        hands: NOTHING,
    },
    Failure {
        name: "the group stays PENDING",
        cause: &|site| {
            site.lab.inject(Fault::StaysPending { group: "CAL-RG".into() }).unwrap();
            restart_group(site);
        },
        says: &["group CAL-RG is PENDING_ONLINE on Node1", "wait some minutes"],
        hands: &|site| site.lab.clear_faults().unwrap(),
    },
    Failure {
        name: "half of it was removed by hand",
        cause: &|site| {
            on(site, "Node1", "/usr/cluster/bin/scswitch -n -j CAL-SVR-RS");
            on(site, "Node1", "/usr/cluster/bin/scrgadm -r -j CAL-SVR-RS");
            on(site, "Node2", "rm /opt/SUNWics5/cal/config");
        },
        says: &["CAL-SVR-RS is not there", "/opt/SUNWics5/cal/config has to be a link"],
        hands: NOTHING,
    },
    Failure {
        name: "two administrators",
        cause: &|site| {
            let (program, trouble) = ("scswitch".into(), Trouble::Hangs { seconds: 4 });
            let (host, argument) = (None, None);
            let slow = Fault::Call { program, host, argument, nth: 1, seen: 0, trouble };
            site.lab.inject(slow).unwrap();
            let words = ["service", "restart", site.profile.to_str().unwrap(), "--yes"];
            let mut other = site.program(&words);
            other.stdout(Stdio::null()).stderr(Stdio::null());
            std::thread::spawn(move || other.status());
            let calls = || site.lab.changing_calls().unwrap().len();
            let before = calls();
            while calls() == before {
                std::thread::sleep(Duration::from_millis(20));
            }
        },
        says: &["a run is at work", "wait until it has ended", "process "],
        hands: &|site| {
            let state = site.dir.path().join("state/calha/calendar-cluster/site");
            while FileStore::holder(&state).is_some() {
                std::thread::sleep(Duration::from_millis(20));
            }
        },
    },
    Failure {
        name: "a node is dead",
        cause: &|site| lab(site, &["down", "Node1"]),
        says: &["Node1 cannot be reached", "see to Node1"],
        hands: &|site| lab(site, &["up", "Node1"]),
    },
    Failure {
        name: "somebody has moved the group",
        cause: &|site| on(site, "Node2", "/usr/cluster/bin/scswitch -z -g CAL-RG -h Node2"),
        says: &["yes: cal is served by Node2"],
        hands: NOTHING,
    },
    Failure {
        name: "the journal is elsewhere",
        cause: &|site| {
            let state = site.dir.path().join("state");
            std::fs::rename(&state, site.dir.path().join("another")).unwrap();
        },
        says: &["calha has installed this from "],
        hands: NOTHING,
    },
    Failure {
        name: "the profile was changed",
        cause: &|site| {
            let profile = std::fs::read_to_string(&site.profile).unwrap();
            let changed = profile.replace("CAL-SVR-RS", "CAL-SERVICE-RS");
            assert_ne!(profile, changed);
            std::fs::write(&site.profile, changed).unwrap();
        },
        says: &["the profile was changed", "service-resource"],
        hands: NOTHING,
    },
];

fn does_not_start(site: &Site, resource: &str) {
    site.lab.inject(Fault::StartFails { resource: resource.into(), host: None }).unwrap();
    restart_group(site);
}

fn restart_group(site: &Site) {
    let restart = "/usr/cluster/bin/scswitch -R -h Node1 -g CAL-RG";
    enter(&site.lab, &NodeName("Node1".into()), &["-c", restart]);
}

/// The volume of the share has this name, or none that anybody knows.
fn names_the_volume(site: &Site, device: &str) {
    let of_share = |name: &str| name.starts_with("/dev/md/penguin/dsk/");
    let rename = |cluster: &mut calha::lab::Cluster| {
        let mut volumes = cluster.volumes.iter_mut();
        volumes.find(|v| of_share(&v.block_device)).unwrap().block_device = device.into();
    };
    site.lab.edit(rename).unwrap();
}

#[test]
fn a_site_that_was_healthy_is_healthy_again_by_what_is_printed() {
    let site = Site::new();
    if !possible(&site.lab) {
        return;
    }
    assert_eq!(site.run("install", &["--yes"]).status, 0);
    let some = if thorough() { CHANGED.len() } else { 2 };
    for failure in &CHANGED[..some] {
        failure.is_got_out_of(&site);
        leaves_nothing(&site);
    }
}

/// What was typed on the nodes left no copy there.
fn leaves_nothing(site: &Site) {
    for (node, directory) in
        [("Node1", "tmp"), ("Node2", "tmp"), ("Node1", "etc"), ("Node2", "etc")]
    {
        let names = site.lab.root(&NodeName(node.into())).join(directory).read_dir().unwrap();
        let names: Vec<String> =
            names.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        let is_copy = |name: &&String| name.starts_with("calha.") || name.contains(".old");
        assert_eq!(names.iter().find(is_copy), None, "{node}: {directory}");
    }
}
