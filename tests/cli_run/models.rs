//! The main job for every model: the whole installation on a simulated cluster, and back.

use std::path::Path;
use std::process::Command;

use super::thorough::thorough;

/// Both kinds of file system; between full runs one of the two.
fn rehearsed(model: &str, instances: &[&str]) {
    for (number, kind) in ["failover", "cluster"].into_iter().enumerate() {
        // The largest model with the other kind is rehearsed in the crash matrix only.
        if (!thorough() || instances.len() > 2) && instances.len() % 2 != number {
            continue;
        }
        let mut command = Command::new(env!("CARGO_BIN_EXE_calha"));
        command
            .arg("rehearse")
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("profiles/{model}.toml")))
            .arg("--uninstall");
        for instance in instances {
            command.args(["--set", &format!("instance.{instance}.file-system={kind}")]);
        }
        let output = command.output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(
            output.status.success(),
            "{model} {kind}: {said}{}",
            String::from_utf8_lossy(&output.stderr)
        );
        is_brief(&said, instances.len());
        assert!(
            said.contains("nothing to do") && said.contains("operations undone"),
            "{model} {kind}: {said}"
        );
    }
}

/// Steps come in their order, each note once, all within 120 lines, and the last lines are commands
/// to type.
fn is_brief(said: &str, instances: usize) {
    let (forward, _) = said.split_once("calha uninstall: ").expect("the removal");
    let numbers = forward.lines().filter_map(|line| line.strip_prefix('[')?.get(..2));
    let numbers: Vec<u32> = numbers.map(|number| number.trim().parse().expect("numbers")).collect();
    assert!(numbers.is_sorted_by(|a, b| a < b) && numbers.len() > 20, "{numbers:?}\n{said}");

    let lines: Vec<&str> = forward.lines().collect();
    let mut notes: Vec<&[&str]> = lines.windows(3).filter(|at| at[0].contains("note [")).collect();
    let all = notes.len();
    notes.sort_unstable();
    notes.dedup();
    assert_eq!(notes.len(), all, "{said}");
    assert!(lines.len() <= 120, "{}\n{said}", lines.len());
    // Steps of a further instance are told together, none is left out.
    let alike = lines.iter().filter(|line| line.contains(", as c")).count();
    assert_eq!(alike > 0, instances > 1, "{said}");
    let last = lines.iter().rev().find(|line| line.starts_with('[')).expect("a step");
    let all = last.trim_start_matches('[').split(']').next().unwrap_or_default();
    let (ends, of) = all.split_once('/').expect("numbers");
    assert!(ends == of || ends.ends_with(&format!("-{of}")), "{last}\n{said}");

    let end: Vec<&str> = said.lines().rev().take(4).collect();
    assert_eq!(end[3], "next, on the real nodes:", "{said}");
    for (line, command) in end.iter().zip(["install", "plan", "check"]) {
        assert!(line.starts_with(&format!("  calha {command} ")), "{line}");
    }
}

#[test]
fn the_asymmetric_model_is_rehearsed_with_both_kinds_of_file_system() {
    rehearsed("asymmetric", &["cal"]);
}

#[test]
fn the_symmetric_model_is_rehearsed_with_both_kinds_of_file_system() {
    rehearsed("symmetric", &["cs1", "cs2"]);
}

#[test]
fn the_n_plus_one_model_is_rehearsed_with_both_kinds_of_file_system() {
    rehearsed("n-plus-one", &["cs1", "cs2", "cs3"]);
}
