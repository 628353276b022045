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

impl Stop {
    /// The reason in a sentence, without what to do about it; of several the first.
    pub fn reason(&self) -> String {
        let of = |problem: &Problem| {
            let node = problem.node.as_ref().map_or_else(String::new, |node| format!("{node}: "));
            // Of several nodes each has a line; an excerpt may follow as well.
            let what = problem.what.lines().next().unwrap_or_default();
            format!("{node}{what} [{}]", problem.code)
        };
        let first = |all: Vec<String>, what: &str| {
            let first = all.first().cloned().unwrap_or_else(|| what.to_owned());
            match all.len() {
                0 | 1 => first,
                n => format!("{first}, and {} more", n - 1),
            }
        };
        match self {
            Self::Blocked(problems) | Self::Stuck(problems) => {
                first(problems.iter().map(of).collect(), "a problem")
            }
            Self::Unanswered(questions) => {
                let asked = |q: &Question| format!("nobody answered {}{}", q.code, q.at());
                first(questions.iter().map(asked).collect(), "nobody answered")
            }
            Self::Answered(_) => "settings were chosen".to_owned(),
            Self::Failed(failure) => format!("{} failed on {}", failure.step, failure.node),
            Self::LeftRunning { step, node, seconds, .. } => {
                format!("{step} on {node} was not finished after {seconds} seconds")
            }
            Self::Unreachable(problem) => of(problem),
            Self::Journal(error) => error.to_string(),
            Self::Declined => "somebody did not agree".to_owned(),
            Self::Interrupted => "somebody interrupted it".to_owned(),
        }
    }
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
