//! What may befall an operation while it is carried out: the columns of the matrix of faults, each
//! with the operations that it can befall. How it comes about is for `FaultyHost`.

use calha::lab::Trouble;
use calha::op::{Op, Run};

/// Something that happens to a run while it works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mishap {
    KilledBefore,
    KilledAfter,
    Fails,
    Hangs,
    Floods,
    Binary,
    RecordFull,
    PlaceFull,
    ReadOnly,
    NoPermission,
    JournalFull,
    JournalReadOnly,
    ClockJumps,
    LineLost,
    Reboots,
    Another,
    Edited,
}

/// Lines of a program that floods: 20 MB, unless CALHA_FLOOD says otherwise. Copying them takes most
/// of the time of many schedules.
fn flood() -> u32 {
    let given = std::env::var("CALHA_FLOOD").ok().and_then(|text| text.parse().ok());
    given.unwrap_or(700_000)
}

impl Mishap {
    pub const ALL: [Self; 17] = [
        Self::KilledBefore,
        Self::KilledAfter,
        Self::Fails,
        Self::Hangs,
        Self::Floods,
        Self::Binary,
        Self::RecordFull,
        Self::PlaceFull,
        Self::ReadOnly,
        Self::NoPermission,
        Self::JournalFull,
        Self::JournalReadOnly,
        Self::ClockJumps,
        Self::LineLost,
        Self::Reboots,
        Self::Another,
        Self::Edited,
    ];

    /// The head of its column, and what the legend says of it.
    pub fn told(self) -> (&'static str, &'static str) {
        match self {
            Self::KilledBefore => ("killed before", "calha is killed before the operation is sent"),
            Self::KilledAfter => {
                ("killed after", "calha is killed when it is done, before the journal says so")
            }
            Self::Fails => ("fails", "its program does nothing and ends with status 1"),
            Self::Hangs => ("hangs", "its program has not ended when its time is over"),
            Self::Floods => ("20 MB", "its program prints 20 MB and then works"),
            Self::Binary => {
                ("binary", "its program prints bytes that are no text, and does nothing")
            }
            Self::RecordFull => ("record full", "the node has no room for calha's own record"),
            Self::PlaceFull => ("place full", "the node has no room where the operation writes"),
            Self::ReadOnly => ("read-only", "the node's file systems refuse to be written"),
            Self::NoPermission => ("permission gone", "the node lets calha write nothing any more"),
            Self::JournalFull => {
                ("journal full", "there is no room for the next line of the journal")
            }
            Self::JournalReadOnly => {
                ("journal read-only", "the journal's file system refuses to be written")
            }
            Self::ClockJumps => (
                "clock jumps",
                "the node's clock goes back to its beginning, that of the journal by decades, and on",
            ),
            Self::LineLost => ("line lost", "the line is gone when the operation is done"),
            Self::Reboots => ("node reboots", "the node goes down before the operation and boots"),
            Self::Another => (
                "two operators",
                "somebody installs the same from another machine; the status is that one's",
            ),
            Self::Edited => (
                "edited meanwhile",
                "somebody writes into the file, or puts another one into its place",
            ),
        }
    }

    /// Whether it can befall this operation.
    pub fn can_befall(self, op: &Op) -> bool {
        match self {
            Self::Fails | Self::Hangs | Self::Floods | Self::Binary => {
                matches!(op, Op::Run(Run { command, .. }) if command.program.as_str() != "/bin/true")
            }
            Self::PlaceFull => matches!(
                op,
                Op::Edit { .. } | Op::Install { .. } | Op::Copy { .. } | Op::Mkdir { .. }
            ),
            Self::Edited => matches!(
                op,
                Op::Edit { .. } | Op::Install { .. } | Op::Copy { .. } | Op::Symlink { .. }
            ),
            _ => true,
        }
    }

    /// How its program's call goes wrong.
    pub fn trouble(self) -> Option<Trouble> {
        match self {
            Self::Fails => Some(Trouble::Fails { status: 1, text: "something is wrong".into() }),
            Self::Hangs => Some(Trouble::Hangs { seconds: 600 }),
            Self::Floods => Some(Trouble::Floods { lines: flood() }),
            Self::Binary => Some(Trouble::Garbage),
            _ => None,
        }
    }

    /// Why a node refuses to write anything.
    pub fn refusal(self) -> Option<&'static str> {
        match self {
            Self::ReadOnly => Some("Read-only file system"),
            Self::NoPermission => Some("Permission denied"),
            _ => None,
        }
    }

    /// Why the journal refuses a line.
    pub fn journal_error(self) -> Option<std::io::ErrorKind> {
        match self {
            Self::JournalFull => Some(std::io::ErrorKind::StorageFull),
            Self::JournalReadOnly => Some(std::io::ErrorKind::ReadOnlyFilesystem),
            _ => None,
        }
    }
}
