//! What the README says to type leads where it says.

use std::path::Path;
use std::process::Command;

use calha::lab::Fault;

fn readme() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(root.join("README.md")).unwrap()
}

fn calha(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_calha")).args(args).output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_readme_is_read_in_a_few_screens() {
    let text = readme();
    assert!(text.lines().count() <= 120, "{} lines", text.lines().count());
}

/// Each line as it is printed, with a home of its own; only what installs calha is left out.
#[test]
fn ten_lines_lead_to_a_failover() {
    let text = readme();
    let section = text.split("## Try it by hand").nth(1).expect("the section");
    let section = section.split("\n## ").next().unwrap();
    let lines: Vec<&str> = section.lines().filter_map(|l| l.strip_prefix("    ")).collect();
    assert!(lines.len() == 10 && lines[0].starts_with("cargo install"), "{lines:?}");

    let home = tempfile::tempdir().unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_calha")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let typed = |line: &str| {
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", line]).current_dir(env!("CARGO_MANIFEST_DIR"));
        shell.env("HOME", home.path()).env("PATH", &path).env_remove("XDG_STATE_HOME");
        let output = shell.stdin(std::process::Stdio::null()).output().unwrap();
        let out = String::from_utf8_lossy(&output.stdout).into_owned();
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{line}: {:?}\n{out}{err}", output.status);
        out
    };
    let said: Vec<String> = lines[1..].iter().map(|line| typed(line)).collect();

    let moved = lines[1..].iter().position(|line| line.starts_with("calha lab status")).unwrap();
    let words = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let online =
        said[moved].lines().map(words).any(|w| w == ["group", "CAL-RG", "Node2", "ONLINE"]);
    assert!(online, "{}", said[moved]);
    assert!(!home.path().join("lab").exists());
}

/// The help of `calha lab fault` shows each form, and each can be typed.
#[test]
fn every_fault_of_the_help_is_a_fault() {
    let help = calha(&["lab", "fault", "--help"]);
    let quoted: Vec<&str> = help.split('\'').skip(1).step_by(2).collect();
    let faults = quoted.iter().filter(|text| text.starts_with('{')).map(|text| {
        serde_json::from_str::<Fault>(text).unwrap_or_else(|error| panic!("{text}: {error}"))
    });
    let mut forms = std::collections::BTreeSet::new();
    for fault in faults {
        let json = serde_json::json!(fault);
        forms.insert(json["fault"].as_str().unwrap().to_owned());
    }
    assert_eq!(forms.len(), 10, "{forms:?}");
}

/// Each setting is explained by its key, with a name or the placeholder in it.
#[test]
fn every_setting_is_explained() {
    for setting in ["cluster.nodes", "node.X.connection", "node.<node>.become", "instance.a.port"] {
        let said = calha(&["explain", setting]);
        assert!(said.starts_with(&format!("{setting}: ")) && said.contains("Takes:"), "{said}");
    }
}
