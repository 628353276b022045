//! The guide's asymmetric model, from a pristine cluster and back to one, with a kill in between.

use std::time::Duration;

use crate::here;
use crate::round::{Round, SOON};
use crate::run::Run;

#[path = "../support/thorough.rs"]
mod thorough;

#[test]
fn asymmetric_round_with_a_kill() {
    if !thorough::thorough() || !here::possible() {
        return;
    }
    let round = Round::of("asymmetric");
    let client = &round.clients[0];

    let install = Run::begin(&round.site, "install", &["--yes"]);
    install.comes_to("] switch-secondary");
    assert_eq!(install.kill().status, 137);
    let resumed = round.done("resume", &[]);
    println!("resume: {:.1} s", resumed.took.as_secs_f32());
    round.verified();
    round.at_home();
    round.told("installation");

    // What only looks, and what debugging changes, no client notices.
    let before = client.outages();
    round.site.calha("status", &[]).ended(0);
    round.site.calha("report", &[]).ended(0);
    round.done("debug on", &[]);
    round.done("debug off", &[]);
    assert_eq!(client.outages(), before);

    round.done("service restart", &[]);
    assert_eq!(client.served_by(SOON).as_deref(), Some("Node1"));
    round.done("service failover", &["--to", "Node2"]);
    assert_eq!(client.served_by(SOON).as_deref(), Some("Node2"));
    round.done("service stop", &[]);
    assert_eq!(client.served_by(Duration::from_secs(1)), None);
    round.done("service start", &[]);
    assert_eq!(client.served_by(SOON).as_deref(), Some("Node2"));
    round.verified();

    round.taken_back("uninstall");
}
