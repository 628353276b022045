use std::path::Path;

use crate::problem::Problem;
use crate::setting::{Answers, Resolved, assign, resolve};

/// Reads a profile, puts `--set` assignments on top and makes settings of both.
///
/// # Errors
/// Everything that is missing or wrong in either, sorted by line, each with its line shown.
pub fn load(path: &Path, assignments: &[String]) -> Result<Resolved, Vec<Problem>> {
    let mut set = Answers::new();
    for assignment in assignments {
        assign(&mut set, assignment);
    }
    resolve(&super::read(path).layer(set)).map_err(|problems| {
        // What cannot be read has been said.
        let text = std::fs::read_to_string(path).unwrap_or_default();
        problems
            .iter()
            .map(|problem| super::shown(problem, path, text.trim_start_matches('\u{feff}')))
            .collect()
    })
}
