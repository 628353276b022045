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
        assert!(
            said.contains("nothing to do") && said.contains("operations undone"),
            "{model} {kind}: {said}"
        );
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
