//! The end of work that stays: its journal is put away, and calha's directory on the nodes with it.
//! What was done stands, and this journal cannot take it back any more. Undoing it beforehand is
//! left to `back`.

use super::{Answer, Engine, Question, Stop};
use crate::journal::Record;

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
            match self.prompt.consent("what was done before stays for good; begin anew?") {
                Answer::Yes => {}
                Answer::No => return Err(Stop::Declined),
                Answer::Interrupted => return Err(Stop::Interrupted),
                Answer::Nobody => return Err(Stop::Unanswered(vec![Question::consent()])),
            }
            self.lock(&Default::default())?;
            let at = self.journal.now();
            self.journal.append(Record::Closed { at })?;
        }
        self.finish_closing()
    }
}
