//! What calha compares before the first change and a printed script cannot: answers whose layout
//! differs between releases, or of two nodes. A script prints the command and what to look for.

use crate::node::Command;

/// A command, and what its answer should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    pub command: Command,
    /// What should be so, in a few words.
    pub what: String,
}

impl Comparison {
    pub(super) fn new(command: Command, what: impl Into<String>) -> Self {
        Self { command, what: what.into() }
    }
}
