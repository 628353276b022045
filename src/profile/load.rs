use std::path::Path;

use crate::problem::Problem;
use crate::setting::{Answers, Resolved, assign, resolve};

/// Reads a profile, puts `--set` assignments on top and makes settings of both.
///
/// # Errors
/// Everything that is missing or wrong in either, sorted by line.
pub fn load(path: &Path, assignments: &[String]) -> Result<Resolved, Vec<Problem>> {
    let mut set = Answers::new();
    for assignment in assignments {
        assign(&mut set, assignment);
    }
    resolve(&super::read(path).layer(set))
}
