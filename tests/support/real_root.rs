//! Nodes of a lab that are entered by chroot, where the system allows that.

use std::path::Path;
use std::process::{Command, Output};

use calha::lab::Disk;
use calha::node::NodeName;

/// The words of a shell on a node with a real root.
pub fn shell(lab: &Disk, node: &NodeName) -> Vec<String> {
    // The directory of a node is LAB/nodes/NAME.
    let root = lab.root(node);
    let directory = root.parent().and_then(Path::parent).unwrap().to_str().unwrap();
    let calha = env!("CARGO_BIN_EXE_calha");
    [calha, "lab", "shell", "--root", "chroot", directory, node.as_str()].map(String::from).into()
}

/// Runs such a shell to its end.
pub fn enter(lab: &Disk, node: &NodeName, words: &[&str]) -> Output {
    let shell = shell(lab, node);
    Command::new(&shell[0]).args(&shell[1..]).args(words).output().unwrap()
}

fn succeeds(words: &[&str]) -> bool {
    Command::new(words[0]).args(&words[1..]).output().is_ok_and(|o| o.status.success())
}

/// Whether this lab's nodes can be entered here. Where the system allows it and CI is set, they have to be.
pub fn possible(lab: &Disk) -> bool {
    let output = enter(lab, &NodeName("Node1".into()), &["-c", ":"]);
    if output.status.success() {
        return true;
    }

    let why = String::from_utf8_lossy(&output.stderr).into_owned();
    let allowed = succeeds(&["unshare", "--mount", "chroot", "/", "true"])
        || succeeds(&["unshare", "--user", "--map-root-user", "--mount", "chroot", "/", "true"]);
    assert!(!allowed || std::env::var("CI").is_err(), "the system allows it, but: {why}");
    println!("skipped: {}", why.lines().next().unwrap_or("no shell starts there"));
    false
}
