//! During what something went wrong: a step, or what a run does besides steps. Events and messages
//! have it as a word.

use std::fmt;

/// What the run was at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum During<'s> {
    Step(&'s str),
    /// Rebuilding a journal from what the nodes keep.
    Adopting,
    /// Removing calha's own directories at the end.
    Closing,
    /// Looking for a journal of the same installation elsewhere.
    Finding,
    /// Making a journal from the results of printed scripts.
    Importing,
    Locking,
    /// Looking at the hosts for no step in particular.
    Looking,
    /// Comparing the profile with the journal.
    Profile,
    /// Asking how the service stands.
    States,
    /// Asking where the groups stand.
    Standing,
}

impl fmt::Display for During<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Step(step) => step,
            Self::Adopting => "adopt",
            Self::Closing => "closing",
            Self::Finding => "journal",
            Self::Importing => "import",
            Self::Locking => "lock",
            Self::Looking => "looking",
            Self::Profile => "profile",
            Self::States => "states of the service",
            Self::Standing => "standing",
        })
    }
}

impl<'s> From<&'s str> for During<'s> {
    fn from(step: &'s str) -> Self {
        Self::Step(step)
    }
}

impl<'s> From<&'s String> for During<'s> {
    fn from(step: &'s String) -> Self {
        Self::Step(step)
    }
}
