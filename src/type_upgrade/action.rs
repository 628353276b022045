//! A change of a state, by one command of scswitch(1M).

use serde::{Deserialize, Serialize};

use crate::node::NodeName;

/// A state that a resource or a group is brought to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "action")]
pub enum Action {
    /// Its monitor, on or off.
    Monitor { resource: String, on: bool },
    /// Disabled, and offline on every node of its group.
    Disable { resource: String, nodes: Vec<NodeName> },
    /// Enabled, and up where it was.
    Enable { resource: String, up: Vec<NodeName> },
    /// The group offline on every node.
    Offline { group: String, nodes: Vec<NodeName> },
    /// The group online on these nodes.
    Online { group: String, on: Vec<NodeName> },
    /// Out of the cluster's management.
    Unmanage { group: String, nodes: Vec<NodeName> },
    /// Into it.
    Manage { group: String, nodes: Vec<NodeName> },
}
