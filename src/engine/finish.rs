//! The end of work that stays: its journal is put away, and calha's directory on the nodes with it.
//! What was done stands, and this journal cannot undo it any more. Undoing it beforehand is
//! left to `back`.

use super::back::instance::keys_of_instance;
use super::{Engine, Stop};
use crate::guide::Guide;
use crate::journal::{History, Record, State, UndoScope};
use crate::step::{Lifespan, Step};

/// Steps of what stays that are not done yet, the first one first.
pub fn open_steps<'g>(guide: &'g Guide, history: &History) -> Vec<&'g Step> {
    let done = |state| matches!(state, State::Done | State::Adopted | State::Waived);
    let is_open = |step: &&Step| {
        let nodes = step.nodes();
        let mut keys = nodes.iter().flat_map(|node| Engine::keys(step, node));
        step.lifespan == Lifespan::Lasting && keys.any(|key| !done(history.state(&key)))
    };
    guide.steps.iter().filter(is_open).collect()
}

/// Whether everything that stays has been done, and nothing of it was undone.
pub fn is_finished(guide: &Guide, history: &History) -> bool {
    history.undo.is_none() && open_steps(guide, history).is_empty()
}

/// Whether the last run was to do some of the steps, and has done all of these that stay.
pub fn is_done_in_part(guide: &Guide, history: &History) -> bool {
    let all: Vec<&str> = guide.steps.iter().map(|step| step.id.as_str()).collect();
    let chosen = history.chosen.of(&all);
    let is_chosen = |step: &&Step| chosen.contains(&step.id.as_str());
    !history.chosen.is_all() && !open_steps(guide, history).iter().any(is_chosen)
}

/// The instance that the last run has removed from among others; none while some of it stands.
pub fn removed_instance<'h>(guide: &Guide, history: &'h History) -> Option<&'h str> {
    let Some(UndoScope::Instance { name }) = &history.undo else { return None };
    // What another instance needs as well stays.
    let is_gone = keys_of_instance(guide, history, name, history.to_undo()).is_empty();
    is_gone.then_some(name.as_str())
}

/// Whether the last run was to undo a part of the installation, and has undone all of that part.
pub fn is_undone_in_part(guide: &Guide, history: &History) -> bool {
    let place = |step: &str| guide.steps.iter().position(|known| known.id == *step);
    let open: Vec<&str> = history
        .entries
        .iter()
        .filter(|(_, entry)| entry.is_open())
        .map(|(key, _)| key.step.as_str())
        .collect();

    match &history.undo {
        Some(UndoScope::Steps { steps }) => {
            !open.iter().any(|step| steps.iter().any(|undone| undone == step))
        }
        // A step that the guide does not know may be one that follows.
        Some(UndoScope::From { step }) => place(step)
            .is_some_and(|first| open.iter().all(|step| place(step).is_some_and(|at| at < first))),
        _ => false,
    }
}

/// Whether the last run was to undo something, has begun that, and some of it stands.
pub fn is_undo_cut_off(guide: &Guide, history: &History) -> bool {
    if !history.has_undone {
        return false;
    }
    let is_at_its_end = match &history.undo {
        None => true,
        Some(UndoScope::Whole) => !history.is_underway(),
        Some(UndoScope::Instance { .. }) => removed_instance(guide, history).is_some(),
        Some(UndoScope::Steps { .. } | UndoScope::From { .. }) => is_undone_in_part(guide, history),
    };
    !is_at_its_end
}

impl Engine<'_> {
    /// Puts the journal of finished work away, if somebody agrees.
    ///
    /// # Errors
    /// A node that is lost, or a lock of another run.
    pub fn put_away(&mut self) -> Result<(), Stop> {
        if self.journal.history().is_empty() {
            return Ok(());
        }
        if !self.journal.history().closed {
            self.need_consent("what calha did before stays for good; start again?")?;
            self.lock(&[])?;
            let at = self.journal.now();
            self.journal.append(Record::Closed { at })?;
        }
        self.finish_closing()
    }
}
