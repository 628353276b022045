//! Findings as SARIF, against the schema of the standard: `src/schema.json` of the crate
//! serde-sarif 0.8.0, its descriptions left out. The crate itself takes half a minute to build.

use std::process::Command;

use serde_json::{Value, json};

use super::schema::faults;
use super::{CLEAN, path};

fn schema() -> Value {
    serde_json::from_str(include_str!("../fixtures/sarif-2.1.0.json")).unwrap()
}

fn log(files: &[&str]) -> Value {
    let paths: Vec<_> = files.iter().map(|name| path(name)).collect();
    let mut command = Command::new(env!("CARGO_BIN_EXE_calha"));
    command.args(["rt", "lint", "--format", "sarif"]).args(paths);
    serde_json::from_slice(&command.output().unwrap().stdout).unwrap()
}

#[test]
fn a_log_of_findings_is_valid() {
    let schema = schema();
    for files in [&["damaged.rt"][..], &CLEAN, &["damaged.rt", "hand.rt"]] {
        let log = log(files);
        assert_eq!(faults(&schema, &schema, &log, ""), Vec::<String>::new(), "{files:?}");
    }
    assert!(log(&["damaged.rt"])["runs"][0]["results"].as_array().unwrap().len() > 3);
}

/// What the standard forbids is found, so that the test above says something.
#[test]
fn a_log_that_the_standard_forbids_is_not_valid() {
    let schema = schema();
    let good = log(&["damaged.rt"]);
    let mutations: [(&str, Value); 7] = [
        ("/version", json!("2.0.0")),
        ("/runs/0/columnKind", json!("bytes")),
        ("/runs/0/results/0/level", json!("fatal")),
        ("/runs/0/results/0/message", json!({ "words": "x" })),
        ("/runs/0/results/0/locations/0/physicalLocation/region/startLine", json!(0)),
        ("/runs/0/tool/driver/name", json!(7)),
        ("/runs", json!({})),
    ];
    for (place, value) in mutations {
        let mut bad = good.clone();
        *bad.pointer_mut(place).unwrap() = value;
        assert!(!faults(&schema, &schema, &bad, "").is_empty(), "{place}");
    }
    let mut bad = good;
    bad["runs"][0]["tool"].as_object_mut().unwrap().remove("driver");
    assert!(!faults(&schema, &schema, &bad, "").is_empty(), "the driver is missing");
}
