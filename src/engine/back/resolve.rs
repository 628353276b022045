//! Notes what somebody has settled by hand after an undo did not work. It looks at the nodes before
//! it notes anything, unless somebody wants things left as they are. It undoes nothing itself.

use crate::engine::{Engine, Stop};
use crate::journal::{OpKey, Record, State};
use crate::op::{OpId, Reality};

impl Engine<'_> {
    /// Notes what is settled. With `keep` it is noted as left in any case.
    ///
    /// # Errors
    /// [`Stop::Stuck`] with what is still not settled.
    pub fn resolve(&mut self, keep: bool) -> Result<(), Stop> {
        let stuck: Vec<OpKey> = self
            .journal
            .history()
            .in_state(State::Stuck)
            .into_iter()
            .map(|(k, _)| k.clone())
            .collect();
        let mut settled = 0;
        for key in &stuck {
            if keep || self.is_settled(key)? {
                let at = self.journal.now();
                let left = keep.then(|| "left on request".to_owned());
                self.journal.append(Record::Undone { key: key.clone(), left, at })?;
                settled += 1;
            }
        }
        self.end(settled, &format!("{settled} of {} settled", stuck.len()))?;
        self.refuse_stuck()
    }

    fn is_settled(&self, key: &OpKey) -> Result<bool, Stop> {
        let Some(entry) = self.journal.history().entries.get(key) else { return Ok(true) };
        let Some(node) = entry.node.clone() else { return Ok(true) };
        for (number, op) in entry.undo.iter().enumerate() {
            let id = OpId {
                step: format!("undo-{}-{}", key.step, key.number),
                node: node.clone(),
                number: number as u32 + 1,
            };
            if self.reality(&id, op)? != Reality::Present {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
