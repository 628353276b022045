//! What calha is built of, by `cargo metadata`: licenses that it may be given away under, no crate
//! twice, and none that wants a newer Rust than Cargo.toml promises.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

/// Licenses, as crates name them, that let anybody give away a program under MIT or Apache 2.0.
const ALLOWED: [&str; 10] = [
    "(MIT OR Apache-2.0) AND Unicode-3.0",
    "Apache-2.0",
    "Apache-2.0 OR MIT",
    "Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT",
    "MIT",
    "MIT OR Apache-2.0",
    "MIT OR Apache-2.0 OR LGPL-2.1-or-later",
    "MIT/Apache-2.0",
    "Unlicense OR MIT",
    "Unlicense/MIT",
];

/// Crates that are there in two versions, each with the reason.
const TWICE: [(&str, &str); 0] = [];

/// What cargo prints of the crates on Linux.
fn cargo(words: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(words)
        .args(["--locked", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Every crate that is built on Linux, for the program or for its tests. The metadata also has what
/// no feature asks for; the tree has not.
fn crates() -> Vec<Value> {
    let tree = cargo(&["tree", "--prefix=none", "--edges=normal,build,dev", "--format={p}"]);
    let built: BTreeSet<(&str, &str)> = tree
        .lines()
        .filter_map(|line| line.split_once(" v"))
        .map(|(name, rest)| (name, rest.split(' ').next().unwrap_or(rest)))
        .collect();
    assert!(built.len() > 20, "{tree}");

    let platform = ["--filter-platform", "x86_64-unknown-linux-gnu"];
    let all = cargo(&[&["metadata", "--format-version=1"], &platform[..]].concat());
    let all: Value = serde_json::from_str(&all).unwrap();
    let is_built = |one: &&Value| built.contains(&(text(one, "name"), text(one, "version")));
    let crates: Vec<Value> =
        all["packages"].as_array().unwrap().iter().filter(is_built).cloned().collect();
    assert_eq!(crates.len(), built.len(), "{tree}");
    crates
}

fn text<'c>(one: &'c Value, field: &str) -> &'c str {
    one[field].as_str().unwrap_or("")
}

#[test]
fn every_crate_has_a_license_that_calha_can_be_given_away_under() {
    for one in crates() {
        let license = text(&one, "license");
        assert!(ALLOWED.contains(&license), "{}: license {license:?}", text(&one, "name"));
    }
}

#[test]
fn no_crate_is_built_in_two_versions() {
    let mut versions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for one in crates() {
        let name = text(&one, "name").to_owned();
        versions.entry(name).or_default().push(text(&one, "version").to_owned());
    }
    let twice: Vec<_> = versions.iter().filter(|(_, versions)| versions.len() > 1).collect();
    let known: Vec<&str> = TWICE.iter().map(|(name, _)| *name).collect();
    let names: Vec<&str> = twice.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, known, "{twice:?}: cargo tree --duplicates says who wants them");
}

#[test]
fn no_crate_wants_a_newer_rust_than_calha_promises() {
    let number = |version: &str| -> Vec<u32> {
        version.split('.').take(2).map(|part| part.parse().unwrap()).collect()
    };
    let promised = number(env!("CARGO_PKG_RUST_VERSION"));
    for one in crates() {
        let wanted = text(&one, "rust_version");
        let fits = wanted.is_empty() || number(wanted) <= promised;
        assert!(fits, "{} wants Rust {wanted}", text(&one, "name"));
    }
}
