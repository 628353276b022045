//! An operation of a step with its names in the journal and on its node, and whether it may share a
//! request with others. Which operations do share one is left to `batch`.

use crate::engine::Engine;
use crate::journal::OpKey;
use crate::node::NodeName;
use crate::op::{Op, OpId};
use crate::step::{Place, Step};

/// The operation and its names.
pub(in crate::engine) struct Named<'s> {
    pub step: &'s Step,
    pub key: OpKey,
    pub id: OpId,
    pub op: Op,
}

impl<'s> Named<'s> {
    /// The operations of a step on a node, in their order.
    pub fn all(step: &'s Step, node: &NodeName) -> Vec<Self> {
        Engine::ops(step, node)
            .into_iter()
            .map(|(key, id, op)| Self { step, key, id, op })
            .collect()
    }

    /// Whether it may go to its node in one request with what comes before and after it: a command
    /// that changes the cluster never does.
    pub fn travels(&self) -> bool {
        self.key.place != Place::Cluster && self.op.is_quick() && self.op.inverse(&self.id).is_ok()
    }
}
