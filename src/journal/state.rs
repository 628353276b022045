//! The states of an operation in the journal, and which record leads from which to which. Records
//! that no run of calha writes have no transition. A state is what calha wrote, not what the node
//! says: of an undo reality decides.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Record;

/// What the journal says of one operation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Nothing is written about it.
    #[default]
    Never,
    /// It held before calha came: not ours, never undone.
    Adopted,
    /// It was about to be done; whether it was, reality says.
    Intent,
    Done,
    Failed,
    /// Done, but a step that ran again since has made it obsolete.
    Invalidated,
    /// Somebody accepted that it is not as it should be.
    Waived,
    /// It was about to be undone.
    UndoIntent,
    Undone,
    /// It could not be undone; a human has to act.
    Stuck,
}

impl State {
    /// All of them, for tests that walk tables.
    pub const ALL: [Self; 10] = [
        Self::Never,
        Self::Adopted,
        Self::Intent,
        Self::Done,
        Self::Failed,
        Self::Invalidated,
        Self::Waived,
        Self::UndoIntent,
        Self::Undone,
        Self::Stuck,
    ];

    /// The state after a record about this operation; `None` when no run of calha writes that
    /// record in this state.
    pub fn after(self, record: &Record) -> Option<Self> {
        use State::{
            Adopted, Done, Failed, Intent, Invalidated, Never, Stuck, UndoIntent, Undone, Waived,
        };

        let (to, from): (Self, &[Self]) = match record {
            Record::Intent { .. } => {
                (Intent, &[Never, Adopted, Intent, Done, Failed, Invalidated, Waived, Undone])
            }
            Record::Done { .. } => (Done, &[Intent, Failed, Invalidated]),
            Record::Failed { .. } => (Failed, &[Intent]),

            Record::Adopted { .. } => (Adopted, &[Never, Adopted, Undone, Waived]),
            Record::Invalidated { .. } => (Invalidated, &[Done, Waived]),
            Record::Waived { .. } => {
                (Waived, &[Never, Adopted, Intent, Done, Failed, Invalidated, Waived, Undone])
            }

            Record::UndoIntent { .. } => {
                (UndoIntent, &[Intent, Done, Failed, Invalidated, Waived, UndoIntent, Stuck])
            }
            Record::Undone { .. } => {
                (Undone, &[Intent, Done, Failed, Invalidated, Waived, UndoIntent, Stuck])
            }
            Record::Stuck { .. } => (Stuck, &[UndoIntent]),

            Record::Header { .. }
            | Record::Run { .. }
            | Record::Accepted { .. }
            | Record::Closed { .. } => return None,
        };

        from.contains(&self).then_some(to)
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Never => "never started",
            Self::Adopted => "there before calha",
            Self::Intent => "begun",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Invalidated => "to be done again",
            Self::Waived => "accepted as it is",
            Self::UndoIntent => "being undone",
            Self::Undone => "undone",
            Self::Stuck => "stuck",
        })
    }
}
