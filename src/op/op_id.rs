use std::fmt;

use serde::{Deserialize, Serialize};

use crate::node::NodeName;

/// Names one operation for good: its step, the node it runs on and its place in the step. The same in plan, journal and on the node.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OpId {
    pub step: String,
    pub node: NodeName,
    /// From 1.
    pub number: u32,
}

impl OpId {
    /// How the operation's files on the node are called: `vfstab-entry.1`.
    pub fn file_stem(&self) -> String {
        format!("{}.{}", self.step, self.number)
    }
}

impl fmt::Display for OpId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}@{}", self.step, self.number, self.node)
    }
}
