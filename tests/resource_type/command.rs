//! `calha rt` as it is typed.

use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Output};

use super::{path, text};

fn rt(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_calha")).arg("rt").args(words).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn the_status_says_how_heavy_the_findings_are() {
    let clean = path("hand.rt");
    let damaged = path("damaged.rt");
    let (clean, damaged) = (clean.to_str().unwrap(), damaged.to_str().unwrap());
    assert_eq!(rt(&["lint", clean]).status.code(), Some(0));
    assert_eq!(rt(&["lint", clean, damaged]).status.code(), Some(1));
    assert_eq!(rt(&["lint", clean, "/nowhere.rt"]).status.code(), Some(2));
    assert_eq!(rt(&["lint", clean, "--release", "2.2"]).status.code(), Some(2));

    let home = tempfile::tempdir().unwrap();
    let warns = home.path().join("w.rt");
    std::fs::write(&warns, text("builder.rt").replace("INIT_NODES", "INIT_NODE")).unwrap();
    let warns = warns.to_str().unwrap();
    assert_eq!(rt(&["lint", warns]).status.code(), Some(0));
    assert_eq!(rt(&["lint", warns, "--deny", "warnings"]).status.code(), Some(1));
}

#[test]
fn a_fix_changes_only_what_it_is_about_and_keeps_the_mode() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("d.rt");
    std::fs::write(&file, text("damaged.rt")).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).unwrap();

    let output = rt(&["lint", "--fix", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let wanted =
        text("damaged.rt").replace(['\u{201c}', '\u{201d}'], "\"").replace("#$Id$", "# $Id$");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), wanted);
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 1, "something is left beside it");
}

#[test]
fn methods_are_looked_for_through_links_and_have_to_be_executable() {
    let home = tempfile::tempdir().unwrap();
    let make = |name: &str, mode: u32| {
        let file = home.path().join(name);
        std::fs::write(&file, "#!/bin/sh\n").unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    for name in ["svc_stop", "validate", "update", "monitor_start", "monitor_stop", "monitor_check"]
    {
        make(&format!("queue_{name}"), 0o755);
    }
    std::os::unix::fs::symlink("queue_svc_stop", home.path().join("queue_svc_start")).unwrap();
    let file = path("builder.rt");
    let words = ["lint", file.to_str().unwrap(), "--methods", home.path().to_str().unwrap()];
    assert!(!said(&rt(&words)).contains("rtr.method-file"));

    make("queue_update", 0o644);
    std::fs::remove_file(home.path().join("queue_validate")).unwrap();
    let output = said(&rt(&words));
    assert_eq!(output.matches("rtr.method-file").count(), 2, "{output}");
    assert!(output.contains("Update queue_update cannot be executed"), "{output}");
    assert!(output.contains("Validate queue_validate is not there"), "{output}");
}

#[test]
fn both_forms_for_programs_say_the_same() {
    let file = path("damaged.rt");
    let json: serde_json::Value =
        serde_json::from_str(&said(&rt(&["lint", "--format", "json", file.to_str().unwrap()])))
            .unwrap();
    let sarif: serde_json::Value =
        serde_json::from_str(&said(&rt(&["lint", "--format", "sarif", file.to_str().unwrap()])))
            .unwrap();

    let found = json["files"][0]["findings"].as_array().unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let rules = sarif["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(found.len(), results.len());
    for (one, other) in found.iter().zip(results) {
        assert_eq!(one["code"], other["ruleId"]);
        assert_eq!(one["severity"], other["level"]);
        assert_eq!(rules[other["ruleIndex"].as_u64().unwrap() as usize]["id"], one["code"]);
        let region = &other["locations"][0]["physicalLocation"]["region"];
        assert_eq!(one["line"], region["startLine"]);
        assert_eq!(one["column"], region["startColumn"]);
    }
}

#[test]
fn show_names_both_forms_of_the_type_and_when_a_resource_may_move() {
    let output = said(&rt(&["show", path("hand.rt").to_str().unwrap()]));
    for line in [
        "registered as  ACME.disk:5",
        "other form     ACME.disk (on 3.0, which takes no version into the name)",
        "  Prenet_start   /opt/ACMEdisk/sc/bin/disk_prenet",
        "    ENUM { Timeout, Auto, Cluster }, default Auto, tunable ANYTIME",
        "  from 4.6               only while the resource is not monitored",
        "  every other version    only while the resource group is unmanaged",
    ] {
        assert!(output.lines().any(|own| own == line), "{line}\n{output}");
    }
    assert!(output.lines().all(|line| line.chars().count() <= 80), "{output}");

    let unaware = said(&rt(&["show", path("builder.rt").to_str().unwrap()]));
    assert!(unaware.starts_with("registered as  ACME.queue\n"), "{unaware}");
    let json = said(&rt(&["show", "--format", "json", path("hand.rt").to_str().unwrap()]));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["registered_as"], "ACME.disk:5");
    let page = said(&rt(&["show", "--format", "markdown", path("hand.rt").to_str().unwrap()]));
    assert!(page.contains("| from 4.5-05 | at any time |"), "{page}");
}

#[test]
fn what_names_no_type_is_not_shown() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("empty.rt");
    std::fs::write(&file, "# nothing\n").unwrap();
    let output = rt(&["show", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("next: calha rt lint"));
}

/// Lines of the file itself are as long as they are.
#[test]
fn messages_fit_into_eighty_columns() {
    let mut long = Vec::new();
    for name in ["builder.rt", "hand.rt", "later.rt", "damaged.rt"] {
        let commands: [&[&str]; 5] = [
            &["lint", name],
            &["lint", name, "--release", "3.0"],
            &["show", name],
            &["bump", name, "--to", "77.7", "--dry-run"],
            &["diff", "hand.rt", name],
        ];
        for words in commands {
            let mut command = Command::new(env!("CARGO_BIN_EXE_calha"));
            command.current_dir(path(name).parent().unwrap()).arg("rt").args(words);
            let output = command.output().unwrap();
            let all = [output.stdout, output.stderr].concat();
            let all = String::from_utf8_lossy(&all).into_owned();
            let quoted = |line: &str| {
                line.contains(" | ") || line.starts_with(['+', '-', ' ', '@']) && words[0] == "bump"
            };
            let lines = all.lines().filter(|line| line.chars().count() > 80 && !quoted(line));
            long.extend(lines.map(|line| format!("{words:?}: {line}")));
        }
    }
    assert_eq!(long, Vec::<String>::new());
}
