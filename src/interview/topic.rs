//! What one question is about. It is written into an interrupted interview's file, so its form
//! stays.

use serde::{Deserialize, Serialize};

use crate::setting::{Found, lookup};

/// What one question is about; one value each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Topic {
    /// A node that can be asked what it knows; nothing is asked when the answer is empty.
    Live,
    /// A node of the cluster, by its place in the order of preference, from 0.
    Node(usize),
    /// A setting, by its key.
    Setting(String),
}

impl Topic {
    /// The key of the setting that the answer goes into; none for the node that is asked.
    pub fn key(&self) -> Option<&str> {
        match self {
            Self::Live => None,
            Self::Node(_) => Some("cluster.nodes"),
            Self::Setting(key) => Some(key),
        }
    }

    /// The setting itself.
    pub fn found(&self) -> Option<Found<'_>> {
        self.key().and_then(lookup)
    }
}
