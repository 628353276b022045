//! One step of a plan, with its operations and what stands in its way. Fields are
//! added, never changed: programs of others read them.

use serde::{Deserialize, Serialize};

use super::{PlanOp, Status};
use crate::engine::Question;
use crate::node::NodeName;
use crate::problem::Problem;

/// One step of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanStep {
    /// From 1.
    pub number: usize,
    pub id: String,
    pub title: String,
    /// Section of the guide, with errata.
    pub section: String,
    pub why: String,
    /// Hosts that it runs on when all goes as printed.
    pub nodes: Vec<NodeName>,
    /// Whether what it brings about is a position, which later runs do not look at.
    pub passing: bool,
    pub ops: Vec<PlanOp>,
    /// What is in its way as the nodes stand now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
    /// What is worth knowing of them, and not in the way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<Problem>,
    /// What an installation would ask before its first change.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<Question>,
}

impl PlanStep {
    /// Whether an operation of it may be left to do.
    pub(super) fn is_todo(&self) -> bool {
        self.ops.iter().any(|op| op.status != Status::Holds)
    }

    /// How many questions it would put.
    pub(super) fn asks(&self) -> usize {
        let differs = |op: &&PlanOp| matches!(op.status, Status::Differs { .. });
        self.questions.len().max(self.ops.iter().filter(differs).count())
    }
}
