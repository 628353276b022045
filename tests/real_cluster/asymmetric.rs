//! The guide's asymmetric model, from a pristine cluster and back to one, with a kill in between.

use crate::here;
use crate::round::Round;
use crate::run::Run;
use crate::services;

#[path = "../support/thorough.rs"]
mod thorough;

#[test]
fn asymmetric_round_with_a_kill() {
    if !thorough::thorough() || !here::possible() {
        return;
    }
    let round = Round::of("asymmetric");

    let install = Run::begin(&round.site, "install", &["--yes"]);
    install.comes_to("] switch-secondary");
    assert_eq!(install.kill().status, 137);
    let resumed = round.done("resume", &[]);
    println!("resume: {:.1} s", resumed.took.as_secs_f32());
    round.verified();
    round.at_home();
    round.told("installation");

    services::everything(&round);
    round.taken_back("uninstall");
}
