//! What must not be so before the first change of an installation. A guard is a check, so that a
//! look and a printed script ask the same. What takes more than checks to find out is left to a
//! `Look`.

use crate::op::Check;
use crate::problem::Code;

/// A state of the cluster in which nothing is begun, neither by calha itself nor by a printed
/// script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guard {
    pub code: Code,
    /// Holds in that state.
    pub wrong: Check,
    /// What is so then, in a sentence.
    pub what: String,
    /// What to do about it.
    pub hint: String,
}
