//! What the README shows of a run is what a run says.

use std::path::Path;
use std::process::Command;

#[test]
fn the_transcript_is_of_a_real_run() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let section = readme
        .split("## What a run looks like")
        .nth(1)
        .expect("the section")
        .split("\n## ")
        .next()
        .unwrap();
    let shown: Vec<&str> =
        section.lines().filter_map(|l| l.strip_prefix("    ")).filter(|l| *l != "...").collect();
    assert!(shown.len() > 10, "{shown:?}");
    let output = Command::new(env!("CARGO_BIN_EXE_calha"))
        .arg("rehearse")
        .arg(root.join("profiles/asymmetric.toml"))
        .output()
        .unwrap();
    assert!(output.status.success());
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut lines = said.lines();
    for line in shown {
        assert!(
            lines.any(|l| l == line),
            "the run does not say, or not in this order: {line}\n{said}"
        );
    }
}
