//! What a run writes into the journal about itself and its operations: its begin, each intent, and
//! what it makes obsolete. What is written is for `journal` to read back.

use super::fleet::Task;
use super::{Engine, Stop};
use crate::journal::{OpKey, Record, RunCommand, State, UndoScope};
use crate::op::{Op, OpId};
use crate::step::Step;

impl Engine<'_> {
    /// Notes the command in the journal, and what it undoes.
    pub(super) fn begin(
        &mut self,
        command: RunCommand,
        undo: Option<UndoScope>,
    ) -> Result<(), Stop> {
        self.journal.begin(&self.guide.cluster, &self.guide.profile)?;
        let chosen = self.options.chosen.clone();
        self.begun = chosen.is_all() && command.can_be_resumed();
        let record = Record::Run {
            command,
            by: self.options.by(),
            at: self.journal.now(),
            digest: self.guide.digest.clone(),
            values: self.guide.values.clone(),
            accepted: self.options.accept.clone(),
            answered: self.options.answered.clone(),
            undo,
            chosen,
        };
        Ok(self.journal.append(record)?)
    }

    /// The intent of an operation, durable when it returns.
    pub(super) fn intend(
        &mut self,
        step: &Step,
        key: &OpKey,
        id: &OpId,
        op: &Op,
    ) -> Result<(), Stop> {
        let intent = self.intent(step, key, id, op, op);
        Ok(self.journal.append(intent)?)
    }

    /// The intent of an operation, to be written; `made`: what of it was not there before, which is
    /// undone.
    pub(super) fn intent(&self, step: &Step, key: &OpKey, id: &OpId, op: &Op, made: &Op) -> Record {
        let (undo, irreversible) = match made.inverse(id) {
            Ok(undo) => (undo, None),
            Err(because) => (Vec::new(), Some(because)),
        };
        Record::Intent {
            key: key.clone(),
            node: id.node.clone(),
            op: op.without_contents(),
            digest: op.identity(),
            undo,
            may_stay: op.may_stay(),
            when_stuck: op.when_stuck(),
            kept_once: step.kept_once.iter().map(ToString::to_string).collect(),
            irreversible,
            leaves: op.leaves().to_vec(),
            at: self.journal.now(),
        }
    }

    /// What withdraws the intent of something that was not begun.
    pub(super) fn withdrawn(&self, one: &Task<'_>) -> Record {
        Record::Undone { key: one.key.clone(), left: None, at: self.journal.now() }
    }

    /// What the step is about to make obsolete has to be looked at again.
    pub(super) fn invalidate(&mut self, step: &Step) -> Result<(), Stop> {
        let due: Vec<OpKey> = self
            .journal
            .history()
            .entries
            .iter()
            .filter(|(key, e)| {
                step.invalidates.iter().any(|id| key.step == *id)
                    && matches!(e.state, State::Done | State::Waived)
                    && e.began
            })
            .map(|(key, _)| key.clone())
            .collect();
        for key in due {
            self.journal.append(Record::Invalidated { key, by: step.id.to_string() })?;
        }
        Ok(())
    }

    /// What another step made is gone by this one's work: there is nothing to undo any more.
    pub(super) fn note_cleaned(&mut self, step: &str) -> Result<(), Stop> {
        let gone: Vec<OpKey> =
            self.journal.history().to_undo().into_iter().filter(|k| k.step == step).collect();
        for key in gone {
            let at = self.journal.now();
            self.journal.append(Record::Undone { key, left: None, at })?;
        }
        Ok(())
    }

    /// Whether anything of the step began in this installation; of a step without operations,
    /// whether anything did at all.
    pub(super) fn has_begun(&self, step: &Step) -> bool {
        let history = self.journal.history();
        let own = step.acts();
        if own {
            return history.has_begun(step.id.as_str());
        }
        // What only looks, looks at its instance, or at all of them.
        let same = |id: &str| {
            step.id.instance.is_none()
                || self.guide.step(id).is_some_and(|s| s.id.instance == step.id.instance)
        };
        history.entries.iter().any(|(key, e)| e.began && same(&key.step))
    }
}
