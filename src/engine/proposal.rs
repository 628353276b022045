//! A step as it is put to somebody who decides about each: its operations in the order of doing, or
//! those that undo it, and what they change in files. It holds nothing that is done already.
//! Showing it is left to the `Prompt`, the answer is a `Choice`.

use crate::guide::Guide;
use crate::node::{NodeName, NodePath};
use crate::op::{Op, OpId};
use crate::step::Step;

/// A step that is about to change something, for somebody who decides about each.
pub struct Proposal<'a> {
    /// Its name.
    pub id: &'a str,
    /// As the guide has it; none of a step that was begun with other settings.
    pub step: Option<&'a Step>,
    pub guide: &'a Guide,
    /// Whether it is undone.
    pub undoes: bool,
    /// What is to be done, in the order of doing; never empty.
    pub ops: Vec<Proposed>,
    /// What stays of a step that is undone, and why.
    pub stays: Vec<(NodeName, String)>,
}

impl Proposal<'_> {
    /// Whether some of it cannot be undone.
    pub fn is_irreversible(&self) -> bool {
        !self.undoes && self.ops.iter().any(|proposed| !proposed.op.is_reversible())
    }
}

/// One operation of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    pub node: NodeName,
    pub id: OpId,
    pub op: Op,
    /// File systems that must be mounted for it.
    pub share: Vec<NodePath>,
    /// What changes in a file, values of credentials masked.
    pub diff: Option<String>,
}
