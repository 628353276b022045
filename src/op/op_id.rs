//! The name of one operation on one node: its step, its number there, and the node. It is the same
//! in the plan and in the files on the node, for good. The journal keeps states by
//! `journal::OpKey`, which does not change when the shared disk moves.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::node::NodeName;

/// Names one operation: its step, the node it runs on and its place in the step.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OpId {
    pub step: String,
    pub node: NodeName,
    /// From 1.
    pub number: u32,
}

impl OpId {
    pub fn new(step: &str, node: &NodeName, number: u32) -> Self {
        Self { step: step.to_owned(), node: node.clone(), number }
    }

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
