use serde::{Deserialize, Serialize};

use super::PlanOp;
use crate::host::NodeName;

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
}
