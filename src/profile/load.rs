//! A profile and `--set` together, to the end: settings, or every problem with its line shown. The
//! callers of other rooms begin here. Journals and hosts are not known here.

use std::collections::BTreeMap;
use std::path::Path;

use super::ProfileFile;
use crate::problem::Problem;
use crate::setting::{Answers, Members, Resolved, assign, members, resolve};

/// Reads a profile, puts `--set` assignments on top and makes settings of both.
///
/// # Errors
/// Everything that is missing or wrong in either, sorted by line, each with its line shown.
pub fn load(path: &Path, assignments: &[String]) -> Result<Resolved, Vec<Problem>> {
    ProfileFile::read(path).load(assignments)
}

/// The same for the members of the cluster alone; what else a profile has or lacks is not looked
/// at.
///
/// # Errors
/// What is missing or wrong about the cluster and its nodes.
pub fn load_members(path: &Path, assignments: &[String]) -> Result<Members, Vec<Problem>> {
    ProfileFile::read(path).load_members(assignments)
}

impl ProfileFile {
    /// Puts `--set` assignments on top and makes settings of both.
    ///
    /// # Errors
    /// As [`load`].
    pub fn load(&self, assignments: &[String]) -> Result<Resolved, Vec<Problem>> {
        resolve(&self.assigned(assignments)).map_err(|problems| self.shown(&problems))
    }

    /// The same, with settings that were chosen in an earlier run where the profile leaves them
    /// open.
    ///
    /// # Errors
    /// As [`load`].
    pub fn load_answered(
        &self,
        assignments: &[String],
        answered: &BTreeMap<String, String>,
    ) -> Result<Resolved, Vec<Problem>> {
        let resolved = self.load(assignments)?;

        let open = |key: &&String| !resolved.values.contains_key(*key);
        let chosen: Vec<String> = answered
            .keys()
            .filter(open)
            .map(|key| format!("{key}={}", answered[key]))
            .chain(assignments.iter().cloned())
            .collect();

        if chosen.len() == assignments.len() { Ok(resolved) } else { self.load(&chosen) }
    }

    /// Whether it has the members of a cluster and nothing else: enough for resource types.
    pub fn has_members_only(&self, assignments: &[String]) -> bool {
        Members::are_all(&self.assigned(assignments))
    }

    /// The same as [`load_members`].
    ///
    /// # Errors
    /// As [`load_members`].
    pub fn load_members(&self, assignments: &[String]) -> Result<Members, Vec<Problem>> {
        members(&self.assigned(assignments)).map_err(|problems| self.shown(&problems))
    }

    fn assigned(&self, assignments: &[String]) -> Answers {
        let mut set = Answers::new();
        for assignment in assignments {
            assign(&mut set, assignment);
        }
        self.answers().layer(set)
    }

    fn shown(&self, problems: &[Problem]) -> Vec<Problem> {
        problems.iter().map(|problem| self.show(problem)).collect()
    }
}
