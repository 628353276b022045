//! An undo of what was undone already: where nothing has begun since, there is nothing to do, and
//! what is left is in the report of the removal.

use crate::engine::{Engine, Stop};

impl Engine<'_> {
    /// Ends a run here where everything was undone before and nothing has begun since; whether it
    /// did.
    ///
    /// # Errors
    /// What was installed from another place meanwhile.
    pub fn ends_undone(&mut self) -> Result<bool, Stop> {
        if !self.journal.has_ended()? {
            return Ok(false);
        }
        let elsewhere = self.elsewhere()?;
        if !elsewhere.is_empty() {
            return Err(Stop::Blocked(elsewhere));
        }

        let report = self.commands().of("report");
        self.end(0, &format!("everything was undone before; what is left: {report}"))?;
        Ok(true)
    }
}
