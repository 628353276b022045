//! Everything that an upgrade does, in its order.

use serde::{Deserialize, Serialize};

use super::Wave;
use crate::node::{NodeName, NodePath};

/// The plan, as it is shown, carried out and kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpgradePlan {
    /// The type without its version.
    pub base: String,
    pub to: String,
    /// The resources that were named; none: all of the type.
    pub resources: Vec<String>,
    pub register: Vec<Registration>,
    /// One after the other, so that no group waits for another one.
    pub waves: Vec<Wave>,
    pub unregister: Vec<Removal>,
    /// What the documents leave open, and what holds therefore.
    pub notes: Vec<String>,
}

/// A version that is registered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    pub full: String,
    pub base: String,
    pub file: NodePath,
}

/// A version that is unregistered, because nothing uses it any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removal {
    pub full: String,
    pub base: String,
    /// RT_system has to be taken away first.
    pub system: bool,
    /// From which it can be registered again.
    pub file: NodePath,
    /// Installed_nodes; none: all nodes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nodes: Vec<NodeName>,
}
