use std::fmt;

use serde::{Deserialize, Serialize};

use crate::step::Place;

/// What the journal keeps the state of: an operation of a step at a place. On the shared disk the place stays the same whichever node
/// holds it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OpKey {
    pub step: String,
    pub place: Place,
    /// From 1.
    pub number: u32,
}

impl fmt::Display for OpKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{} ({})", self.step, self.number, self.place)
    }
}
