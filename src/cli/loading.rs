//! Loads a profile: its settings, with what was chosen in earlier runs, and the steps that follow;
//! and what a journal says. Which file is meant is left to `profile_arguments` and to completions.

use std::collections::BTreeMap;
use std::path::Path;

use super::places;
use crate::guide::Guide;
use crate::journal::{FileStore, History, Journal, MemoryStore};
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

/// What was chosen for settings that the profile leaves open.
fn answered(cluster: &str, profile: &str) -> BTreeMap<String, String> {
    let history = history(cluster, profile).ok().filter(|history| !history.closed);
    history.map(|history| history.answered).unwrap_or_default()
}

/// What a journal says. What is wrong with it says whoever works with it.
///
/// # Errors
/// When there is no place for journals.
pub fn history(cluster: &str, name: &str) -> Result<History, Problem> {
    Ok(history_in(&places::state(cluster, name)?))
}

/// The same of the journal in a directory.
pub fn history_in(directory: &Path) -> History {
    let bytes = FileStore::peek(directory).unwrap_or_default();
    let store = MemoryStore::holding(bytes, Vec::new());
    let journal = Journal::open(Box::new(store), places::now);
    journal.map(|journal| journal.history().clone()).unwrap_or_default()
}
