//! The main job for every model: the whole installation on a simulated cluster, and back.

use std::path::Path;
use std::process::Command;

use super::thorough::thorough;

#[test]
fn every_model_is_rehearsed_with_both_kinds_of_file_system() {
    let all = [("asymmetric", &["cal"][..]), ("symmetric", &["cs1", "cs2"]), ("n-plus-one", &["cs1", "cs2", "cs3"])];
    for (at, (model, instances)) in all.into_iter().enumerate() {
        for (number, kind) in ["failover", "cluster"].into_iter().enumerate() {
            if !thorough() && (at + number) % 2 == 0 {
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
            assert!(output.status.success(), "{model} {kind}: {said}{}", String::from_utf8_lossy(&output.stderr));
            assert!(said.contains("nothing to do") && said.contains("operations taken back"), "{model} {kind}: {said}");
        }
    }
}
