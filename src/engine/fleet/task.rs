//! An operation of a step with its names in the journal and on its node, and the rows in which such
//! operations go out. What becomes of one is left to `forward` and `back`.

use crate::journal::OpKey;
use crate::node::NodeName;
use crate::op::{Op, OpId};
use crate::step::{Place, Scope, Step};

/// The operation and its names.
#[derive(Clone)]
pub struct Task<'s> {
    pub step: &'s Step,
    pub key: OpKey,
    pub id: OpId,
    pub op: Op,
}

impl<'s> Task<'s> {
    /// The operations of a step on a node, in their order.
    pub fn all(step: &'s Step, node: &NodeName) -> Vec<Self> {
        let place = step.place(node);
        let named = step.named_ops(node).into_iter();
        let task = |(id, op): (OpId, Op)| {
            let key = OpKey { step: id.step.clone(), place: place.clone(), number: id.number };
            Self { step, key, id, op }
        };
        named.map(task).collect()
    }

    /// The operations of a step in the order of doing. What is in one row is done at the same time:
    /// the first operation of each node, then the second; what needs somebody at the terminal, or
    /// the cluster's attention, is alone in its row.
    pub fn rows(step: &'s Step, nodes: &[NodeName]) -> Vec<Vec<Self>> {
        let each: Vec<Vec<Self>> = nodes.iter().map(|node| Self::all(step, node)).collect();
        let is_together = matches!(step.scope, Scope::EachNode(_))
            && !each.iter().flatten().any(|one| one.op.is_attended());
        if !is_together {
            return each.into_iter().flatten().map(|one| vec![one]).collect();
        }

        let mut each: Vec<_> = each.into_iter().map(Vec::into_iter).collect();
        let mut rows = Vec::new();
        loop {
            let row: Vec<Self> = each.iter_mut().filter_map(Iterator::next).collect();
            if row.is_empty() {
                return rows;
            }
            rows.push(row);
        }
    }

    /// Whether it may go to its node in one request with what comes before and after it: a command
    /// that changes the cluster never does.
    pub(super) fn travels(&self) -> bool {
        self.key.place != Place::Cluster && self.op.is_quick() && self.op.inverse(&self.id).is_ok()
    }
}
