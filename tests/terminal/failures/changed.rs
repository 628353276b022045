//! A site that was healthy, and what happened to it since.

use calha::lab::Fault;
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

const CHANGED: [Failure<'static>; 5] = [
    Failure {
        name: "somebody has edited vfstab",
        cause: &|site| {
            on(site, "Node2", "sed '/.cal./s/no/yes/' /etc/vfstab >/tmp/v; cp /tmp/v /etc/vfstab")
        },
        says: &["Node2, /etc/vfstab:", "mount at boot 'yes' instead of 'no'"],
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
        cause: &|site| {
            let resource = "CAL-SVR-RS".into();
            site.lab.inject(Fault::StartFails { resource, host: None }).unwrap();
            service(site, "restart");
        },
        says: &["CAL-SVR-RS is START_FAILED on Node1", "read /var/adm/messages on Node1"],
        hands: &|site| site.lab.clear_faults().unwrap(),
    },
    Failure {
        name: "the service does not stop",
        cause: &|site| {
            site.lab.inject(Fault::StopFails { resource: "CAL-SVR-RS".into() }).unwrap();
            service(site, "stop");
        },
        says: &["CAL-SVR-RS is STOP_FAILED on Node1", "see that nothing of CAL-SVR-RS runs"],
        hands: NOTHING,
    },
    Failure {
        name: "a node is dead",
        cause: &|site| lab(site, &["down", "Node1"]),
        says: &["Node1 cannot be reached", "see to Node1"],
        hands: &|site| lab(site, &["up", "Node1"]),
    },
];

#[test]
fn a_site_that_was_healthy_is_healthy_again_by_what_is_printed() {
    let site = Site::new();
    if !possible(&site.lab) {
        return;
    }
    assert_eq!(site.run("install", &["--yes"]).status, 0);
    let some = if thorough() { CHANGED.len() } else { 3 };
    for failure in &CHANGED[..some] {
        let begun = std::time::Instant::now();
        failure.is_got_out_of(&site);
        println!("{}: {:?}", failure.name, begun.elapsed());
    }
}
