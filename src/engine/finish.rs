//! The end of work that stays: its journal is put away, and calha's directory on the nodes with it.
//! What was done stands, and this journal cannot undo it any more. Undoing it beforehand is
//! left to `back`.

use super::{Engine, Stop};
use crate::guide::Guide;
use crate::journal::{History, Record, State};
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
            self.need_consent("what was done before stays for good; begin anew?")?;
            self.lock(&[])?;
            let at = self.journal.now();
            self.journal.append(Record::Closed { at })?;
        }
        self.finish_closing()
    }
}
