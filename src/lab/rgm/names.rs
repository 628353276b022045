//! Which names a group or resource may have. Whether the name is taken is for the command to
//! check.

use crate::lab::refusal::Refusal;

/// Names of groups and resources: a letter first, then letters, digits, `-` and `_`, at most 255
/// (817-4638/6mk5ara00).
pub(crate) fn legal(name: &str) -> Result<(), Refusal> {
    let fits = name.len() <= 255
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if fits { Ok(()) } else { Err(Refusal::new(3, format!("{name}: not a legal name"))) }
}
