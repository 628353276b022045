//! A step as it is put to somebody who decides about each: its operations in the order of doing,
//! and what they change in files. It holds nothing that is done already. Showing it is left to the
//! `Prompt`, the answer is a `Choice`.

use crate::guide::Guide;
use crate::node::NodeName;
use crate::op::{Op, OpId};
use crate::step::Step;

/// A step that is about to change something, for somebody who decides about each.
pub struct Proposal<'a> {
    /// From 1.
    pub number: usize,
    pub of: usize,
    pub step: &'a Step,
    pub guide: &'a Guide,
    /// What is to be done, in the order of doing; never empty.
    pub ops: Vec<Proposed>,
}

impl Proposal<'_> {
    /// Whether some of it cannot be undone.
    pub fn is_irreversible(&self) -> bool {
        self.ops.iter().any(|proposed| !proposed.op.is_reversible())
    }
}

/// One operation of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    pub node: NodeName,
    pub id: OpId,
    pub op: Op,
    /// What changes in a file, values of credentials masked.
    pub diff: Option<String>,
}
