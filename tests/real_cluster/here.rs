//! Whether this machine can run a real cluster, and why not.

use std::process::Command;

/// Programs that the nodes and the rack need, each with its package of Debian.
const PROGRAMS: [(&str, &str); 10] = [
    ("corosync", "corosync"),
    ("pacemakerd", "pacemaker"),
    ("crm_mon", "pacemaker-cli-utils"),
    ("cibadmin", "pacemaker-cli-utils"),
    ("ip", "iproute2"),
    ("fuser", "psmisc"),
    ("modprobe", "kmod"),
    ("losetup", "mount"),
    ("mkfs.ext4", "e2fsprogs"),
    ("nsenter", "util-linux"),
];

fn succeeds(words: &[&str]) -> bool {
    Command::new(words[0]).args(&words[1..]).output().is_ok_and(|o| o.status.success())
}

/// What a machine has to allow: without it nothing can be installed that would help.
fn refused() -> Option<&'static str> {
    if !rustix::process::geteuid().is_root() {
        return Some("a real cluster needs the superuser");
    }
    let namespaces = ["unshare", "--net", "--mount", "--pid", "--uts", "--ipc", "--fork", "true"];
    if !succeeds(&namespaces) {
        return Some("the system allows no namespaces");
    }
    if !succeeds(&["losetup", "--find"]) {
        return Some("the system has no loop devices");
    }
    None
}

fn missing() -> Option<String> {
    let agents = "/usr/lib/ocf/resource.d/heartbeat/Filesystem";
    let there = |program: &str| succeeds(&["sh", "-c", &format!("command -v {program}")]);
    let program = PROGRAMS.iter().find(|(program, _)| !there(program));
    match program {
        Some((program, package)) => Some(format!("{program} is missing, of package {package}")),
        None if !std::path::Path::new(agents).exists() => {
            Some(format!("{agents} is missing, of package resource-agents"))
        }
        None => None,
    }
}

/// Whether a real cluster can be built here. Where the machine allows one and CI is set, everything
/// has to be there.
pub fn possible() -> bool {
    if let Some(why) = refused() {
        println!("skipped: {why}");
        return false;
    }
    if let Some(why) = missing() {
        assert!(std::env::var_os("CI").is_none(), "{why}; tests/run installs it");
        println!("skipped: {why}; tests/run installs it");
        return false;
    }
    true
}
