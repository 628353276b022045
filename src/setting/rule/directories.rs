//! The directories of the configurator's panels: all below the shared directory, none inside
//! another, except backups below the database. Whether they exist on a node is looked at by the
//! steps.

use super::instance_values::InstanceValues;
use crate::node::NodePath;
use crate::problem::Problem;

/// The directories of the configurator's panels.
const DIRECTORIES: [&str; 7] = [
    "config-dir",
    "database-dir",
    "store-dir",
    "logs-dir",
    "tmp-dir",
    "archive-dir",
    "hotbackup-dir",
];

/// All of them lie on the shared file system and none holds another, except backups below the
/// database.
pub fn check(of: &InstanceValues<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut placed: Vec<(&str, NodePath)> = Vec::new();
    let share = of.path("share-dir");
    for name in DIRECTORIES {
        let Some(path) = of.path(name) else { continue };

        match &share {
            Some(share) if !path.is_within(share) || path == *share => {
                let remedy = format!(
                    "what is not on the shared file system does not move to the other node: write \
                     {share}/..."
                );
                problems.push(of.conflict(
                    name,
                    &format!("{path} does not lie below share-dir {share}"),
                    &remedy,
                ));
            }
            _ => {
                problems.extend(placed.iter().filter_map(|(other, other_path)| {
                    overlap(of, (other, other_path), (name, &path))
                }));
                placed.push((name, path));
            }
        }
    }
    problems
}

fn overlap(
    of: &InstanceValues<'_>,
    first: (&str, &NodePath),
    second: (&str, &NodePath),
) -> Option<Problem> {
    let blamed = of.blame(first.0, second.0);
    let ((name, path), (other, other_path)) =
        if blamed == first.0 { (first, second) } else { (second, first) };
    let what = if path == other_path {
        format!("{path} is also {other}")
    } else if path.is_within(other_path) && !may_hold(other, name) {
        format!("{path} lies inside {other} {other_path}")
    } else if other_path.is_within(path) && !may_hold(name, other) {
        format!("{path} holds {other} {other_path}")
    } else {
        return None;
    };
    Some(of.conflict(name, &what, "give each a directory of its own"))
}

fn may_hold(outer: &str, inner: &str) -> bool {
    outer == "database-dir" && matches!(inner, "archive-dir" | "hotbackup-dir")
}
