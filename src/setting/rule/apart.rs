//! What two instances must not share. After a failover both run on one node, so names, addresses,
//! directories and volumes have to differ even if they never meet in ordinary service. What one
//! instance needs within itself is in the other rules.

use super::conflict::conflict;
use super::devices::{VOLUMES, disk_set};
use super::instance_values::InstanceValues;
use crate::node::NodePath;
use crate::problem::Problem;
use crate::setting::Evaluation;

/// Directories that an instance has to itself.
const DIRECTORIES: [&str; 3] = ["install-root", "var-dir", "share-dir"];

/// What two instances must not have in common: after a failover both run on one node (E70, 6.1.3).
pub fn check(values: &Evaluation) -> Vec<Problem> {
    let mut problems = Vec::new();
    let instances = values.instances();
    for (at, later) in instances.iter().enumerate() {
        for earlier in &instances[..at] {
            let (one, other) = (
                InstanceValues { values, instance: earlier },
                InstanceValues { values, instance: later },
            );
            problems.extend(same(&one, &other));
            problems.extend(directories(&one, &other));
            problems.extend(volumes(&one, &other));
        }
    }
    problems.extend(state_files(values));
    problems
}

/// Names, addresses and ports.
fn same(one: &InstanceValues<'_>, other: &InstanceValues<'_>) -> Vec<Problem> {
    let number = |of: &InstanceValues<'_>, name: &str| {
        of.values.get(&of.key(name)).map(|answer| answer.value.to_toml())
    };
    let mut problems = Vec::new();
    for (name, what) in [
        ("logical-host", "a logical host of its own"),
        ("logical-host-fqdn", "a logical host of its own"),
        ("logical-host-address", "an address of its own"),
        (
            "watcher-port",
            "a watcher port of its own, such as 49994, 49995: a host has one of each (E70)",
        ),
    ] {
        let (a, b) = (number(one, name), number(other, name));
        if let (Some(a), Some(b)) = (a, b)
            && a.eq_ignore_ascii_case(&b)
        {
            let what_is = format!("{b} is also that of {}", one.instance);
            problems.push(other.conflict(name, &what_is, &format!("give each instance {what}")));
        }
    }
    problems
}

fn directories(one: &InstanceValues<'_>, other: &InstanceValues<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for name in DIRECTORIES {
        for with in DIRECTORIES {
            let (Some(path), Some(there)) = (other.path(name), one.path(with)) else { continue };
            // On each node's own disk a root may lie below another one, as /opt/Node1 below /opt
            // does: nothing is mounted there.
            let local = |of: &InstanceValues<'_>, name: &str| {
                name != "share-dir" && of.text("install-root-device").is_none()
            };
            let nested = path != there && (path.is_within(&there) || there.is_within(&path));
            if path != there && (!nested || (local(one, with) && local(other, name))) {
                continue;
            }

            // Both are named after one active node: that is told of the nodes.
            if path == there && active(one) == active(other) && follows(one, with, other, name) {
                continue;
            }

            let how = if path == there { "is also" } else { "and another lie inside each other:" };
            let what = format!("{path} {how} {with} of {} ({there})", one.instance);
            problems.push(other.conflict(
                name,
                &what,
                "both instances may run on one node: give each directories of its own (6.7, table \
                 6-4)",
            ));
        }
    }
    problems
}

/// The active node of an instance, as far as it is known.
fn active<'v>(of: &InstanceValues<'v>) -> Option<&'v str> {
    of.values.texts(&of.key("nodes")).first().copied()
}

/// Whether nobody gave either of two settings.
fn follows(one: &InstanceValues<'_>, with: &str, other: &InstanceValues<'_>, name: &str) -> bool {
    active(one).is_some() && !one.is_given(with) && !other.is_given(name)
}

/// Volumes, and the disk sets they are in, which have one owner at a time (E45).
fn volumes(one: &InstanceValues<'_>, other: &InstanceValues<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let failover = |of: &InstanceValues<'_>| of.text("file-system") == Some("failover");
    for (name, _) in VOLUMES {
        for (with, _) in VOLUMES {
            let (Some(device), Some(there)) = (other.path(name), one.path(with)) else { continue };

            if device == there {
                let what = format!("{device} is also {with} of {}", one.instance);
                problems.push(other.conflict(
                    name,
                    &what,
                    "give each file system a volume of its own",
                ));
            } else if let (true, Some(set)) = (failover(one) && failover(other), disk_set(&device))
                && disk_set(&there).as_deref() == Some(set.as_str())
            {
                let what =
                    format!("{device} is in the disk set {set}, as {with} of {} is", one.instance);
                let remedy = "a disk set has one owner at a time, so both instances could never \
                              run on different nodes: one set for each (E45)";
                problems.push(other.conflict(name, &what, remedy));
            }
        }
    }
    problems
}

/// A silent installation reads its root from the state file, so one file cannot serve two roots on
/// one node.
fn state_files(values: &Evaluation) -> Vec<Problem> {
    let Some(file) = values
        .text("installer.state-file")
        .filter(|_| values.text("installer.mode") == Some("silent"))
    else {
        return Vec::new();
    };
    if values.instances().len() < 2 || file.contains("%i") || NodePath::new(file).is_err() {
        return Vec::new();
    }
    let remedy = "let %i stand for the name of the instance, as in /var/opt/calha-files/%i.state";
    vec![conflict(
        values,
        "installer.state-file",
        "is one file for several instances with install roots of their own",
        remedy,
    )]
}
