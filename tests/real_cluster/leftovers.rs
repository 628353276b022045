//! What a rack must not leave behind, looked for on the machine itself.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::processes::{all, until};

/// The name of the rack that a directory belongs to, which nothing else on the machine has.
pub fn tag(dir: &Path) -> String {
    let scratch = dir.parent().and_then(Path::file_name).expect("a directory of a rack");
    scratch.to_string_lossy().into_owned()
}

/// Everything that still refers to a rack. A namespace that no process is in is gone: none of the
/// rack's is bound to a file.
fn found(dir: &Path) -> Vec<String> {
    let name = tag(dir);
    let mut left = Vec::new();
    for pid in all() {
        let line = fs::read(pid.file("cmdline")).unwrap_or_default();
        let line = String::from_utf8_lossy(&line).replace('\0', " ");
        let places = ["root", "cwd"].map(|place| fs::read_link(pid.file(place)).ok());
        if line.contains(&name) || places.iter().flatten().any(|p| p.starts_with(dir)) {
            left.push(format!("process {}: {line}", pid.0));
        }
        let mounts = fs::read_to_string(pid.file("mounts")).unwrap_or_default();
        left.extend(
            mounts
                .lines()
                .filter(|l| l.contains(&name))
                .map(|l| format!("mount of process {}: {l}", pid.0)),
        );
    }

    let loops = Command::new("losetup").arg("--list").output().unwrap();
    let loops = String::from_utf8_lossy(&loops.stdout).into_owned();
    left.extend(loops.lines().filter(|line| line.contains(&name)).map(String::from));
    if dir.parent().is_some_and(Path::exists) {
        left.push(format!("directory {}", dir.display()));
    }
    left
}

/// Fails when something is left of a rack that has come down.
pub fn nothing_of(dir: &Path) {
    // The kernel takes mounts and loop devices away a moment after the last process.
    let clean = until(Duration::from_secs(10), || found(dir).is_empty().then_some(()));
    assert!(clean.is_some(), "left behind: {:#?}", found(dir));
}
