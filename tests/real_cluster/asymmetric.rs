//! The guide's asymmetric model, from a pristine cluster and back to one, with a kill in between.

use std::time::Duration;

use calha::setting::FileSystem;

use crate::client::{Client, Outage};
use crate::here;
use crate::mounts::{Mounts, is_whole};
use crate::run::{Ended, Run, unannounced};
use crate::site::Site;

#[path = "../support/thorough.rs"]
mod thorough;

/// Longer than a fault is allowed to keep users waiting.
const SOON: Duration = Duration::from_secs(20);

fn points(site: &Site) -> Vec<String> {
    let of = |fs: &FileSystem| fs.mount_point.to_string();
    site.settings.instances.iter().flat_map(|i| i.file_systems().into_iter().map(of)).collect()
}

/// A command that says beforehand what users will notice, and is agreed to.
fn done(site: &Site, command: &str, more: &[&str]) -> Ended {
    Run::begin(site, command, &[more, &["--yes"]].concat()).end().with(0)
}

#[test]
fn asymmetric_round_with_a_kill() {
    if !thorough::thorough() || !here::possible() {
        return;
    }
    let site = Site::of("asymmetric");
    let nodes = &site.rack.nodes;
    let pristine = site.configuration();
    let mounts = Mounts::of(points(&site), nodes);
    let client = Client::of(&site.settings.instances[0], nodes);

    let install = Run::begin(&site, "install", &["--yes"]);
    install.comes_to("] switch-secondary");
    assert_eq!(install.kill().status, 137);
    let resumed = done(&site, "resume", &[]);
    println!("resume: {:?}", resumed.took);

    let verified = site.calha("verify", &[]).ended(0);
    assert!(verified.text.contains("nothing to do"), "{}", verified.text);
    println!("verify: {:?}", verified.took);
    assert_eq!(client.served_by(SOON).as_deref(), Some("Node1"));
    let missed = unannounced(&client.outages(), &resumed.announced());
    assert!(missed.is_empty(), "not announced: {missed:?}\n{}", resumed.text());
    let lasted: Vec<Duration> = client.outages().iter().map(Outage::lasts).collect();
    println!("outages of the installation: {lasted:?}");

    // What only looks, and what debugging changes, no client notices.
    let before = client.outages();
    site.calha("status", &[]).ended(0);
    site.calha("report", &[]).ended(0);
    done(&site, "debug on", &[]);
    done(&site, "debug off", &[]);
    assert_eq!(client.outages(), before);

    done(&site, "service restart", &[]);
    assert_eq!(client.served_by(SOON).as_deref(), Some("Node1"));
    done(&site, "service failover", &["--to", "Node2"]);
    assert_eq!(client.served_by(SOON).as_deref(), Some("Node2"));
    done(&site, "service stop", &[]);
    assert_eq!(client.served_by(Duration::from_secs(1)), None);
    done(&site, "service start", &[]);
    assert_eq!(client.served_by(SOON).as_deref(), Some("Node2"));
    site.calha("verify", &[]).ended(0);

    println!("uninstall: {:?}", done(&site, "uninstall", &[]).took);
    assert_eq!(site.configuration(), pristine);
    mounts.never_twice();
    for fs in site.settings.instances[0].file_systems() {
        is_whole(&site.rack, fs.block_device.as_str());
    }
}
