//! Why a run ended before its end, one variant for each kind of reason. Whatever it is, the journal
//! tells the truth. What is printed, and with which exit status, is left to the caller.

use std::collections::BTreeMap;

use super::locks::WAIT_FOR_RUN;
use super::{Failure, Question};
use crate::journal::JournalError;
use crate::node::{HostError, NodeName};
use crate::problem::{Code, Problem, codes};

/// The reason why a run ended.
#[derive(Debug)]
pub enum Stop {
    /// Something has to be put right first; all of it that could be seen.
    Blocked(Vec<Problem>),
    /// Questions that nobody answered; all that could be asked.
    Unanswered(Vec<Question>),
    /// Settings were chosen: whoever began goes on with the steps that follow from them.
    Answered(BTreeMap<String, String>),
    /// An operation failed.
    Failed(Box<Failure>),
    /// An operation takes longer than its limit and was left running.
    LeftRunning {
        step: String,
        node: String,
        seconds: u64,
        /// What of the cluster was neither up nor down then.
        seen: Vec<String>,
    },
    /// A node cannot be reached, or the line to it is gone.
    Unreachable(Problem),
    /// An undo did not work; the next command to type is in the problem's remedy.
    Stuck(Vec<Problem>),
    /// The journal is damaged, newer, or cannot be written.
    Journal(JournalError),
    /// Consent was not given.
    Declined,
    /// Somebody pressed ^C; the operation at hand was finished first.
    Interrupted,
}

impl From<JournalError> for Stop {
    fn from(error: JournalError) -> Self {
        Self::Journal(error)
    }
}

/// What an error of a host means for the run.
pub(super) fn stopped(step: &str, node: &NodeName, error: HostError) -> Stop {
    let problem = |code: Code, why: String| Problem::new(code, why).on(node.as_str());

    match error {
        HostError::Lost { why, .. } => Stop::Unreachable(
            problem(codes::HOST_LOST, format!("the connection was lost during {step}: {why}"))
                .hint("what was running there may still run; the next run waits for it"),
        ),
        HostError::Unreachable { why, .. } => {
            Stop::Unreachable(problem(codes::HOST_UNREACHABLE, why))
        }
        HostError::LostLock { .. } => Stop::Blocked(vec![
            problem(codes::LOCK_NODE, format!("{step}: {error}; nothing more was begun there"))
                .hint(WAIT_FOR_RUN),
        ]),
        HostError::TimedOut(seconds) => {
            Stop::LeftRunning { step: step.into(), node: node.0.clone(), seconds, seen: Vec::new() }
        }
        other @ (HostError::KnownAfter(_)
        | HostError::Offline
        | HostError::NotAsked
        | HostError::Invalid(_)
        | HostError::Io { .. }) => {
            Stop::Blocked(vec![problem(codes::HOST_ERROR, format!("{step}: {other}"))])
        }
    }
}
