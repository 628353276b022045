//! The name of a node, a type of its own so that no other text stands for a host. It keeps the
//! spelling of the cluster and checks nothing: whether the node exists is a question to the
//! cluster, and how to reach it is for `host::Connector`.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The name of a host calha works on, spelt as `scstat -n` prints it (E28).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NodeName(pub String);

impl NodeName {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for NodeName {
    fn from(name: String) -> Self {
        Self(name)
    }
}

impl fmt::Display for NodeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}
