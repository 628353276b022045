//! One operation of a plan. Its identity is that of the journal, so a plan can be compared with
//! what was run. Contents of files are left out: they may be large, and a diff shows what matters.

use serde::{Deserialize, Serialize};

use super::Status;
use crate::node::NodeName;
use crate::op::Leftover;

/// One operation of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanOp {
    pub node: NodeName,
    /// From 1 in its step.
    pub number: u32,
    /// `edit`, `run` …
    pub kind: String,
    pub commands: Vec<String>,
    /// SHA-256 of what it is; contents of files are not in the plan.
    pub identity: String,
    #[serde(flatten)]
    pub status: Status,
    /// What changes in a file, values of credentials masked; absent where it cannot be known or
    /// nothing changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub diff: Option<String>,
    /// The commands that undo it.
    pub undo: Vec<String>,
    /// Why it cannot be undone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub irreversible: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leaves: Vec<Leftover>,
}
