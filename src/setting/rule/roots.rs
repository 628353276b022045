//! Where software and shared directory may lie: not inside each other, not below what the system
//! keeps for itself, and no mount over what must stay visible. What is on a node's disk is looked
//! at there.

use super::instance_values::InstanceValues;
use crate::cluster;
use crate::node::NodePath;
use crate::problem::Problem;

/// Directories of the system that must stay visible: a file system mounted there would hide them.
const HIDDEN_BY_A_MOUNT: &[&str] = &[
    "/",
    "/usr",
    "/var",
    "/opt",
    "/home",
    "/export",
    "/export/home",
    "/root",
    "/mnt",
    "/net",
    "/vol",
    "/cdrom",
    "/global",
    "/var/opt",
    "/var/tmp",
    "/var/adm",
    "/var/sadm",
    "/var/cluster",
    cluster::DIRECTORY,
    "/usr/bin",
    "/usr/sbin",
    "/usr/lib",
    "/usr/local",
];

/// Directories below which nothing of ours can live: emptied at boot, or kept by the system alone.
const KEPT_BY_THE_SYSTEM: &[&str] = &[
    "/bin",
    "/boot",
    "/dev",
    "/devices",
    "/etc",
    "/kernel",
    "/lib",
    "/platform",
    "/proc",
    "/sbin",
    "/system",
    "/tmp",
    "/var/run",
    "/global/.devices",
];

/// Where the software and the shared directory lie.
pub fn check(of: &InstanceValues<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let (root, base, share) =
        (of.path("install-root"), of.path("cal-svr-base"), of.path("share-dir"));

    if let Some(root) = &root {
        problems.extend(check_root(of, root));
    }
    if let Some(base) = &base {
        problems.extend(check_base(of, base, root.as_ref()));
    }

    if let Some(share) = &share {
        problems.extend(check_share(of, share));
        if let Some(root) = &root
            && (share.is_within(root) || root.is_within(share))
        {
            let remedy = "the software stays on the local disk of each node, the shared directory \
                          lies beside it, such as /cal (table 6-3)";
            let what = format!(
                "does not fit: share-dir {share} and install-root {root} lie inside each other"
            );
            problems.push(of.conflict(of.blame("install-root", "share-dir"), &what, remedy));
        }
    }
    problems
}

fn check_root(of: &InstanceValues<'_>, root: &NodePath) -> Option<Problem> {
    if is_base(root) {
        let remedy = "give the directory that the installer is given, such as /opt; SUNWics5/cal \
                      is added to it (E22)";
        return Some(of.conflict(
            "install-root",
            &format!("{root} already contains SUNWics5"),
            remedy,
        ));
    }
    let system = within(root, KEPT_BY_THE_SYSTEM)?;
    Some(of.conflict(
        "install-root",
        &format!("{root} lies in {system}, which belongs to the system"),
        "choose another directory, such as /opt",
    ))
}

/// Whether an install root already is what is made of one.
fn is_base(root: &NodePath) -> bool {
    root.as_str().split('/').any(|part| part == "SUNWics5")
}

fn check_base(
    of: &InstanceValues<'_>,
    base: &NodePath,
    root: Option<&NodePath>,
) -> Option<Problem> {
    let remedy = "in chapter 6 it is install-root/SUNWics5/cal; leave it out to have it so (E22)";
    if root.is_some_and(is_base) {
        return None;
    }
    let problem = |what: &str| Some(of.conflict("cal-svr-base", &format!("{base} {what}"), remedy));
    if !base.as_str().ends_with("/SUNWics5/cal") {
        return problem("does not end in SUNWics5/cal");
    }
    if base.as_str().matches("SUNWics5").count() > 1 {
        return problem("contains SUNWics5 more than once");
    }
    match root {
        Some(root) if !base.is_within(root) => {
            problem(&format!("is not below install-root {root}"))
        }
        _ => None,
    }
}

fn check_share(of: &InstanceValues<'_>, share: &NodePath) -> Option<Problem> {
    let remedy = "choose a directory of its own, such as /cal (table 6-3)";
    if let Some(system) = within(share, KEPT_BY_THE_SYSTEM) {
        return Some(of.conflict(
            "share-dir",
            &format!("{share} lies in {system}, which belongs to the system"),
            remedy,
        ));
    }
    let hides = HIDDEN_BY_A_MOUNT
        .iter()
        .any(|system| NodePath::new(*system).is_ok_and(|system| system.is_within(share)));
    hides.then(|| {
        of.conflict(
            "share-dir",
            &format!("{share} is a directory of the system, which the mount would hide"),
            remedy,
        )
    })
}

fn within(path: &NodePath, directories: &[&'static str]) -> Option<&'static str> {
    directories.iter().copied().find(|directory| {
        NodePath::new(*directory).is_ok_and(|directory| path.is_within(&directory))
    })
}
