//! What the exit status says.

use crate::engine::Stop;
use crate::journal::JournalError;
use crate::problem::codes;

/// Done, or nothing to do.
pub const DONE: u8 = 0;
/// Something failed; everything is consistent.
pub const FAILED: u8 = 1;
/// Usage, missing or invalid answers.
pub const USAGE: u8 = 2;
/// Something would change, someone changed something, or a question has no answer.
pub const UNANSWERED: u8 = 3;
/// An undo is stuck, or the journal is damaged.
pub const STUCK: u8 = 4;
/// A node cannot be reached.
pub const UNREACHABLE: u8 = 5;
/// Interrupted; the journal is consistent.
pub const INTERRUPTED: u8 = 130;

/// The status for a run that ended early.
pub fn of(stop: &Stop) -> u8 {
    match stop {
        // A password that nobody gave is a question without an answer.
        Stop::Blocked(problems)
            if problems.first().is_some_and(|p| p.code == codes::SECRET_UNANSWERED) =>
        {
            UNANSWERED
        }
        Stop::Blocked(_) | Stop::Failed(_) | Stop::LeftRunning { .. } => FAILED,
        // Nothing is wrong with the installation: this user, or this place, cannot have the file.
        Stop::Journal(JournalError::Closed { .. }) => FAILED,
        Stop::Unanswered(_) | Stop::Answered(_) | Stop::Declined => UNANSWERED,
        Stop::Unreachable(_) => UNREACHABLE,
        Stop::Stuck(_) | Stop::Journal(_) => STUCK,
        Stop::Interrupted => INTERRUPTED,
    }
}
