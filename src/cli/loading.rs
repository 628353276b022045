//! Loads a profile: its settings, with what was chosen in earlier runs, and the steps that follow.
//! Which file is meant is left to `profile_arguments` and to completions.

use std::collections::BTreeMap;
use std::path::Path;

use super::places;
use crate::guide::Guide;
use crate::journal::{FileStore, Journal, MemoryStore};
use crate::problem::Problem;
use crate::profile::ProfileFile;
use crate::setting::Resolved;

/// The settings of a profile and the steps that follow from them. What somebody chose in an earlier
/// run counts where the profile says nothing.
///
/// # Errors
/// Everything that is missing or wrong.
pub fn load(
    file: &ProfileFile,
    set: &[String],
    name: &str,
) -> Result<(Resolved, Guide), Vec<Problem>> {
    let resolved = file.load(set)?;
    load_answered(file, set, name, &answered(&resolved.settings.cluster.name, name))
}

/// The same with these settings as they were chosen.
///
/// # Errors
/// Everything that is missing or wrong.
pub fn load_answered(
    file: &ProfileFile,
    set: &[String],
    name: &str,
    answered: &BTreeMap<String, String>,
) -> Result<(Resolved, Guide), Vec<Problem>> {
    let resolved = file.load_answered(set, answered)?;
    let guide = Guide::of(&resolved, name).map_err(|p| vec![p])?;
    Ok((resolved, guide))
}

/// A profile's name: its file's, in characters that a path on a node may have.
pub fn name(file: &Path) -> String {
    let stem = file.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let name: String = stem
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || "_-".contains(c) { c } else { '_' })
        .collect();
    if name.is_empty() { "profile".into() } else { name }
}

/// What was chosen for settings that the profile leaves open. What is wrong with a journal says
/// whoever works with it.
fn answered(cluster: &str, profile: &str) -> BTreeMap<String, String> {
    let kept = places::state(cluster, profile).ok().and_then(|at| FileStore::peek(&at).ok());
    let store = MemoryStore::holding(kept.unwrap_or_default(), Vec::new());
    let journal = Journal::open(Box::new(store), places::now);
    let open = journal.ok().filter(|journal| !journal.history().closed);
    open.map(|journal| journal.history().answered.clone()).unwrap_or_default()
}
