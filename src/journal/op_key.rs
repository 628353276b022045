//! The name under which the journal keeps the state of an operation: its step, its place and its
//! number. An operation on the shared disk has one key, whichever node does it; the name that
//! includes the node is `op::OpId`.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::node::NodePath;
use crate::step::Place;

/// An operation of a step at a place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OpKey {
    pub step: String,
    pub place: Place,
    /// From 1.
    pub number: u32,
}

impl OpKey {
    /// The file systems that must be mounted where it is undone.
    pub fn share(&self) -> Vec<NodePath> {
        match &self.place {
            Place::Holding(mount) => vec![mount.clone()],
            Place::Node(_) | Place::Cluster => Vec::new(),
        }
    }
}

impl fmt::Display for OpKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{} ({})", self.step, self.number, self.place)
    }
}
