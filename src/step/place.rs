//! Where the state of an operation belongs, which need not be the node that it ran on. The
//! journal holds it, so its serialised form stays. On which hosts an operation runs is
//! `Scope`'s.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::node::{NodeName, NodePath};

/// A node, the cluster's configuration, or the shared file system wherever it is mounted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    Node(NodeName),
    Cluster,
    Holding(NodePath),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Node(node) => write!(f, "{node}"),
            Self::Cluster => f.write_str("the cluster"),
            Self::Holding(mount) => write!(f, "where {mount} is mounted"),
        }
    }
}
