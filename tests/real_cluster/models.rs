//! The two models with several instances, and every combination of node failures in them.

use std::path::Path;

use crate::here;
use crate::node_failures::fail;
use crate::picture::svg;
use crate::round::Round;
use crate::services;

fn installed(model: &str) -> Round {
    let round = Round::of(model);
    let install = round.done("install", &[]);
    println!("install: {:.1} s", install.took.as_secs_f32());
    round.verified();
    round.at_home();
    round.told(model);
    services::everything(&round);
    round
}

#[test]
#[ignore = "tests/slow runs it"]
fn symmetric() {
    if here::possible() {
        let round = installed("symmetric");
        let looks = round.looks();
        for failing in [["Node1"], ["Node2"]] {
            fail(&round, &failing, looks);
        }
        round.verified();
        round.taken_back("uninstall");

        if std::env::var_os("BLESS").is_some() {
            let title = "calha on a real cluster: installed, each node lost once, undone";
            let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/real-cluster.svg");
            std::fs::write(page, svg(&round, title)).unwrap();
        }
    }
}

#[test]
#[ignore = "tests/slow runs it"]
fn n_plus_one() {
    if here::possible() {
        let round = installed("n-plus-one");
        let looks = round.looks();
        // Every pair, and every node as the first of one.
        for pair in ["12", "23", "34", "41", "13", "24"] {
            let nodes: Vec<String> = pair.chars().map(|n| format!("Node{n}")).collect();
            let nodes: Vec<&str> = nodes.iter().map(String::as_str).collect();
            fail(&round, &nodes, looks);
        }
        round.verified();
        round.taken_back("uninstall");
    }
}
