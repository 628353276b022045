//! Why a run ended before its end, one variant for each kind of reason. Whatever it is, the journal
//! tells the truth. What is printed, and with which exit status, is left to the caller.

use std::collections::BTreeMap;

use super::lock_holder::WAIT_FOR_RUN;
use super::{During, Failure, Question};
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
pub(super) fn stopped<'a>(
    during: impl Into<During<'a>>,
    node: impl Into<Option<&'a NodeName>>,
    error: HostError,
) -> Stop {
    let (during, node) = (during.into(), node.into());
    let problem = |code: Code, why: String| {
        let problem = Problem::new(code, why);
        match node {
            Some(node) => problem.on(node.as_str()),
            None => problem,
        }
    };

    match error {
        HostError::Lost { why, .. } => Stop::Unreachable(
            problem(codes::HOST_LOST, format!("the connection was lost during {during}: {why}"))
                .hint("what was running there may still run; the next run waits for it"),
        ),
        HostError::Unreachable { why, .. } => {
            Stop::Unreachable(problem(codes::HOST_UNREACHABLE, why))
        }
        HostError::LostLock { .. } => Stop::Blocked(vec![
            problem(
                codes::LOCK_NODE,
                format!("{during}: {error}; calha begins nothing more there"),
            )
            .hint(WAIT_FOR_RUN),
        ]),
        HostError::TimedOut(seconds) => {
            let left = |node: &NodeName| Stop::LeftRunning {
                step: during.to_string(),
                node: node.0.clone(),
                seconds,
                seen: Vec::new(),
            };
            let nowhere = || vec![problem(codes::HOST_ERROR, format!("{during}: {error}"))];
            node.map_or_else(|| Stop::Blocked(nowhere()), left)
        }
        other @ (HostError::KnownAfter(_)
        | HostError::Offline
        | HostError::NotAsked
        | HostError::Invalid(_)
        | HostError::Io { .. }) => {
            Stop::Blocked(vec![problem(codes::HOST_ERROR, format!("{during}: {other}"))])
        }
    }
}
