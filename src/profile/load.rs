//! A profile and `--set` together, to the end: settings, or every problem with its line shown. The
//! callers of other rooms begin here. Journals and hosts are not known here.

use std::collections::BTreeMap;
use std::path::Path;

use crate::problem::Problem;
use crate::setting::{Answers, Members, Resolved, assign, members, resolve};

/// Reads a profile, puts `--set` assignments on top and makes settings of both.
///
/// # Errors
/// Everything that is missing or wrong in either, sorted by line, each with its line shown.
pub fn load(path: &Path, assignments: &[String]) -> Result<Resolved, Vec<Problem>> {
    resolve(&answers(path, assignments)).map_err(|problems| shown(path, &problems))
}

/// The same, with settings that were chosen in an earlier run where the profile leaves them open.
///
/// # Errors
/// As [`load`].
pub fn load_answered(
    path: &Path,
    assignments: &[String],
    answered: &BTreeMap<String, String>,
) -> Result<Resolved, Vec<Problem>> {
    let resolved = load(path, assignments)?;

    let open = |key: &&String| !resolved.values.contains_key(*key);
    let chosen: Vec<String> = answered
        .keys()
        .filter(open)
        .map(|key| format!("{key}={}", answered[key]))
        .chain(assignments.iter().cloned())
        .collect();

    if chosen.len() == assignments.len() { Ok(resolved) } else { load(path, &chosen) }
}

/// The same for the members of the cluster alone; what else a profile has or lacks is not looked
/// at.
///
/// # Errors
/// What is missing or wrong about the cluster and its nodes.
pub fn load_members(path: &Path, assignments: &[String]) -> Result<Members, Vec<Problem>> {
    members(&answers(path, assignments)).map_err(|problems| shown(path, &problems))
}

/// Whether a profile has the members of a cluster and nothing else: enough for resource types.
pub fn has_members_only(path: &Path, assignments: &[String]) -> bool {
    Members::are_all(&answers(path, assignments))
}

fn answers(path: &Path, assignments: &[String]) -> Answers {
    let mut set = Answers::new();
    for assignment in assignments {
        assign(&mut set, assignment);
    }
    super::read(path).layer(set)
}

fn shown(path: &Path, problems: &[Problem]) -> Vec<Problem> {
    // What cannot be read has been said.
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let text = text.trim_start_matches('\u{feff}');
    problems.iter().map(|problem| super::shown(problem, path, text)).collect()
}
