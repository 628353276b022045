//! Debugging as work on a profile: its settings, and the guide that switches it. What is done with
//! them is for `debug`, `debug_log` and `of_journal`.

use super::ProfileArguments;
use crate::guide::Guide;
use crate::problem::Problem;
use crate::setting::Resolved;

/// The settings of a profile, and the guide of debugging.
///
/// # Errors
/// What is wrong with the profile.
pub fn debugging(profile: &ProfileArguments, level: u8) -> Result<(Resolved, Guide), Vec<Problem>> {
    let (resolved, whole) = profile.load()?;
    let guide = Guide::debugging(&resolved, &whole.profile, level).map_err(|p| vec![p])?;
    Ok((resolved, guide))
}
