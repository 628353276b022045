//! What journals of earlier releases leave out of an undo, filled in as it is read. Fields that
//! merely have a default are serde's; what is here is known to rooms above `op` only.

use super::Record;
use crate::document::HaBlock;
use crate::op::{Change, Format, Op};

impl Record {
    /// The record as this release would have written it.
    pub(super) fn completed(mut self) -> Self {
        let Self::Intent { undo, .. } = &mut self else { return self };
        let edits = undo.iter_mut().filter_map(|op| match op {
            Op::Edit { format: Format::IcsConf, changes, .. } => Some(changes),
            _ => None,
        });
        for change in edits.flatten() {
            // Releases before this field knew no block but that one.
            if let Change::RemoveBlock { only_here, .. } = change
                && only_here.is_empty()
            {
                *only_here = HaBlock::only_here();
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_undo_of_a_block_gets_the_names_that_nothing_else_sets() {
        let written = r#"{"record":"intent","key":{"step":"ha-block","place":{"node":"Node1"},
            "number":1},"node":"Node1","op":{},"digest":"","undo":[{"op":"edit",
            "path":"/c/ics.conf","format":"ics-conf",
            "changes":[{"change":"remove-block","begin":"! B","end":"! E",
            "sum":{"crc":1,"len":2}}]}],"at":""}"#;
        let record: Record = serde_json::from_str(written).unwrap();
        let Record::Intent { undo, .. } = record.completed() else { panic!("an intent") };
        let Op::Edit { changes, .. } = &undo[0] else { panic!("an edit") };
        let [Change::RemoveBlock { only_here, .. }] = &changes[..] else { panic!("a block") };
        assert_eq!(*only_here, HaBlock::only_here());
    }
}
