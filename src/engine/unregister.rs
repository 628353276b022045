//! Which version of a resource type is unregistered: the one that calha registered, and no other.
//! Where several stand and the node's record does not tell them apart, all of them stay, and the
//! reason is given. Carrying the undo out is left to `back::undo`.

use super::{Engine, Stop};
use crate::cluster::queries::registered_types;
use crate::cluster::versions;
use crate::journal::{Entry, OpKey};
use crate::node::{HostError, Inspect, NodeName};
use crate::op::{Op, OpId, Run};

impl Engine<'_> {
    /// The operations that undo an entry, resource types by their full names. The inner error
    /// says what stays, and why.
    pub(super) fn with_full_names(
        &self,
        key: &OpKey,
        entry: &Entry,
        node: &NodeName,
    ) -> Result<Result<Vec<Op>, String>, Stop> {
        let mut undo = Vec::new();
        for op in &entry.undo {
            let Some((name, within)) = of_type(op) else {
                undo.push(op.clone());
                continue;
            };

            let listed = |host: &dyn Inspect| host.query(&registered_types());
            let listed = self.fleet.look_at(node, &key.step, listed)?;
            if !listed.success() {
                // Nothing can be said of any type, and scrgadm says why.
                undo.push(op.clone());
                continue;
            }

            let listed = listed.text();
            let standing: Vec<&str> = versions(&listed, name).collect();
            let then = self.listed_then(key, entry)?;
            let then: Vec<&str> = versions(&then, name).collect();

            match (then.as_slice(), standing.as_slice()) {
                (_, []) => {}
                // What was registered is gone, and what stands came after it.
                ([ours], all) if !all.contains(ours) => {}
                ([ours], _) | (_, [ours]) => undo.push(Op::unregistering(ours, within)),
                (_, all) => {
                    return Ok(Err(format!(
                        "which of {} calha registered is not known; remove it with scrgadm -r -t",
                        all.join(" and ")
                    )));
                }
            }
        }
        Ok(Ok(undo))
    }

    /// The types that were registered when the operation had ended, as its node's record says;
    /// empty where it says nothing.
    fn listed_then(&self, key: &OpKey, entry: &Entry) -> Result<String, Stop> {
        let Some(node) = entry.node.clone().filter(|node| self.fleet.has(node)) else {
            return Ok(String::new());
        };
        let id = OpId { step: key.step.clone(), node: node.clone(), number: key.number };
        let output = self.guide.record.join(&format!("{}.out", id.file_stem()));
        self.fleet.look_at(&node, &key.step, |host| match host.read(&output) {
            Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
            Err(HostError::Io { .. }) => Ok(String::new()),
            Err(other) => Err(other),
        })
    }
}

/// The type that an operation unregisters, and its limit.
fn of_type(op: &Op) -> Option<(&str, u64)> {
    match op {
        Op::Run(Run { within, .. }) => op.unregisters().map(|name| (name, *within)),
        _ => None,
    }
}
