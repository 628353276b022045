//! Puts a step that is going to be undone to somebody who decides about each, as `confirm` does on
//! the way forward: with what is sent, what each file will be, and what stays. A step cannot be
//! left out here, since what stands below it would go without it. It only looks.

use crate::engine::sight::Sight;
use crate::engine::{Choice, Engine, Proposal, Proposed, Stop};
use crate::journal::{Entry, OpKey, State};
use crate::node::NodeName;
use crate::op::{Op, OpId, Reality};

/// Which operations are looked at on their nodes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Looks {
    /// Those that change a file, for what it will be.
    Files,
    /// All: what is undone already is left out.
    All,
}

/// What undoes operations, and what stays of them with the reason.
#[derive(Default)]
pub(super) struct Undoes {
    pub ops: Vec<Proposed>,
    pub stays: Vec<(NodeName, String)>,
}

impl Engine<'_> {
    /// Has somebody decide about undoing a step.
    pub(super) fn agree_to_undo(&mut self, keys: &[OpKey]) -> Result<(), Stop> {
        let Some(first) = keys.first().filter(|_| self.prompt.proposes()) else {
            return Ok(());
        };
        let Undoes { ops, stays } = self.undoes(keys, Looks::All)?;
        if ops.is_empty() {
            return Ok(());
        }

        let guide = self.guide;
        let id = first.step.as_str();
        let step = guide.step(id);
        let proposal = Proposal { id, step, guide, undoes: true, ops, stays };
        match self.person().step(&proposal) {
            Choice::Run | Choice::Skip => Ok(()),
            Choice::Stop => Err(Stop::Declined),
            Choice::Interrupted => Err(Stop::Interrupted),
        }
    }

    /// What is sent to undo these operations, as far as it can be known now.
    pub(super) fn undoes(&self, keys: &[OpKey], looks: Looks) -> Result<Undoes, Stop> {
        let mut all = Undoes::default();
        for key in keys {
            let Some(entry) = self.journal.history().entries.get(key) else { continue };
            let Some(node) = self.node_of(key, entry)?.or_else(|| entry.node.clone()) else {
                continue;
            };
            if let Some(because) = self.stays(entry) {
                all.stays.push((node, because));
                continue;
            }

            // A node that is silent is asked about later.
            let undo = match self.fleet.has(&node) {
                true => self.with_full_names(key, entry, &node)?,
                false => Ok(entry.undo.clone()),
            };
            match undo {
                Ok(undo) => all.ops.extend(self.proposed(key, entry, &node, undo, looks)?),
                Err(because) => all.stays.push((node, because)),
            }
        }
        Ok(all)
    }

    /// The operations that undo one on its node.
    fn proposed(
        &self,
        key: &OpKey,
        entry: &Entry,
        node: &NodeName,
        undo: Vec<Op>,
        looks: Looks,
    ) -> Result<Vec<Proposed>, Stop> {
        let mut all = Vec::new();
        for (number, op) in undo.into_iter().enumerate() {
            let id = undo_id(key, node, number);
            let is_file = matches!(op, Op::Edit { .. });
            let seen = (is_file || looks == Looks::All) && self.fleet.has(node);
            let sight = match seen {
                true => Some(self.fleet.look_at(node, &id.step, |host| Sight::of(host, &op))?),
                false => None,
            };

            // As the undo itself decides it.
            let is_settled = entry.state == State::Done && !is_file;
            let is_undone = sight.as_ref().is_some_and(|s| s.reality == Reality::Present);
            if is_undone && (is_settled || matches!(op, Op::Run(_))) {
                continue;
            }
            let diff = sight.and_then(|sight| sight.diff);
            all.push(Proposed { node: node.clone(), id, op, share: key.share(), diff });
        }
        Ok(all)
    }
}

/// The name of an operation of an undo on its node; `number` counts from 0.
pub(super) fn undo_id(key: &OpKey, node: &NodeName, number: usize) -> OpId {
    let step = format!("undo-{}-{}", key.step, key.number);
    OpId { step, node: node.clone(), number: number as u32 + 1 }
}
