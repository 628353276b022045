//! One line of the table: what a node does, where that is known from, and which personalities do
//! it.

use std::fmt;

use super::{ClusterRelease, Oddity, Solaris};

/// How a fact is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Read in a manual or on a page of the vendor.
    Documented,
    /// Read in the source of the program.
    Source,
    /// Seen when it ran.
    Run,
    /// Remembered by somebody who used it, and not checked. Played both ways.
    Recalled,
    /// Nobody could say. Played both ways.
    Unknown,
}

impl Mark {
    /// Whether calha may rely on it; what is not certain is never a failure and never "done".
    pub fn is_certain(self) -> bool {
        !matches!(self, Self::Recalled | Self::Unknown)
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Documented => "documented",
            Self::Source => "source",
            Self::Run => "seen",
            Self::Recalled => "recalled",
            Self::Unknown => "unknown",
        })
    }
}

/// What nodes do, of which not all do the same.
pub struct Fact {
    pub oddity: Oddity,
    /// What it is called on the page, and in the name of a test.
    pub id: &'static str,
    /// What a node does that has it: a sentence whose subject is the program.
    pub does: &'static str,
    pub mark: Mark,
    pub source: &'static str,
    /// Which pairs of releases have it. `odd` has every one, `plain` only what is everywhere.
    pub on: fn(Solaris, ClusterRelease) -> bool,
}
