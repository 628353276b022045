use super::Engine;
use crate::host::NodeName;
use crate::journal::OpKey;
use crate::op::{Op, OpId};
use crate::step::{Kind, Place, Step};

/// An operation of a step with its names.
pub(super) struct Named<'s> {
    pub step: &'s Step,
    pub key: OpKey,
    pub id: OpId,
    pub op: Op,
}

impl<'s> Named<'s> {
    /// The operations of a step on a node, in their order.
    pub fn all(step: &'s Step, node: &NodeName) -> Vec<Self> {
        Engine::ops(step, node).into_iter().map(|(key, id, op)| Self { step, key, id, op }).collect()
    }

    /// Whether it may go to its node in one request with what comes before and after it. What changes the cluster goes with its own step only, since
    /// whoever watches wants to see which step takes its time, and a position is taken up alone.
    pub fn travels(&self) -> bool {
        let of_cluster = self.key.place == Place::Cluster && self.step.kind == Kind::Lasting;
        let goes = if of_cluster { !self.op.is_attended() } else { self.key.place != Place::Cluster && self.op.is_quick() };
        goes && self.op.is_reversible() && self.op.inverse(&self.id).is_ok()
    }
}
