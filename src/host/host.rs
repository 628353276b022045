//! What the engine asks of anything that it changes: a node, a dry run, a host that refuses. An
//! operation leaves its intent and pre-image on the node before its effect, and an outcome that
//! nobody knows is an error of its own, never a failure. When to do what, and with which lock, is
//! for the engine.

use super::Due;
use crate::node::{Answered, HostError, Inspect, Question};
use crate::op::OpId;

/// What became of an operation that a host was asked to carry out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applied {
    /// Done, and its check holds.
    Done,
    /// It held already; nothing was changed.
    Already,
    /// Neither done nor absent: nothing was changed.
    Differs { found: String },
    /// It was not begun: this shared file system, which it works on, is not mounted on the host.
    Withheld { unmounted: String },
    /// It ended without its check holding.
    Failed { status: Option<i32>, tail: String },
}

/// What became of operations, and answers to what was asked behind them.
pub type AppliedAndAnswered = (Vec<Result<Applied, HostError>>, Answered);
/// Who else holds the lock, and answers to what was asked once it was taken.
pub type TakenAndAnswered = (Option<String>, Answered);

/// A node on which something can be done, or something that stands in for one.
pub trait Host: Inspect {
    /// Carries out an operation, with its intent and pre-image on the node before the effect.
    ///
    /// [`HostError::Lost`] means the outcome is unknown, [`HostError::TimedOut`] that it was left
    /// running.
    fn apply(&self, due: &Due) -> Result<Applied, HostError>;
    /// Carries out operations one after the other until one does not end well: an outcome for each
    /// that was begun, or an error behind which nobody knows. Where a request costs a round trip,
    /// one for all of them.
    fn apply_all(&self, ops: &[Due]) -> Vec<Result<Applied, HostError>> {
        if let Err(misfit) = Due::fit_together(ops) {
            return vec![Err(misfit)];
        }

        let mut outcomes = Vec::new();
        for due in ops {
            let outcome = self.apply(due);
            let ended_well = matches!(outcome, Ok(Applied::Done | Applied::Already));
            outcomes.push(outcome);
            if !ended_well {
                break;
            }
        }
        outcomes
    }
    /// The same, and what is asked once all of them have ended well.
    fn apply_all_then_ask(&self, ops: &[Due], questions: &[Question]) -> AppliedAndAnswered {
        let outcomes = self.apply_all(ops);
        let is_done = |outcome: &Result<Applied, HostError>| {
            matches!(outcome, Ok(Applied::Done | Applied::Already))
        };

        let answers = match outcomes.iter().all(is_done) {
            true => self.ask(questions).unwrap_or_default(),
            false => Vec::new(),
        };
        (outcomes, answers)
    }
    /// Waits until a command of this operation that an earlier run started has ended, for at most
    /// so many seconds.
    ///
    /// [`HostError::TimedOut`] when it has not.
    fn wait(&self, id: &OpId, within: u64) -> Result<(), HostError>;
    /// Makes calha's record directory (0700) on the node and takes the lock in it for `holder`, one
    /// line that says who, where, since when.
    ///
    /// `Some` is the line of another holder: then nothing was changed. Taking one's own lock again
    /// is no change. An empty line is a holder that was killed before it could say who it is.
    fn take(&self, holder: &str) -> Result<Option<String>, HostError>;
    /// The same, and what is asked once the lock is taken.
    fn take_then_ask(
        &self,
        holder: &str,
        questions: &[Question],
    ) -> Result<TakenAndAnswered, HostError> {
        match self.take(holder)? {
            None => Ok((None, self.ask(questions)?)),
            other => Ok((other, Vec::new())),
        }
    }
    /// Gives the lock back and does not wait for it, at the end of a run.
    fn let_go(&self, holder: &str) {
        drop(self.release(holder));
    }
    /// Gives the lock back that this holder has, an empty line the one that nobody has put a name
    /// into. That of another stays; no error when there is none.
    fn release(&self, holder: &str) -> Result<(), HostError>;
    /// Removes the record directory with all that is in it, and those above it up to /var/opt/calha
    /// that it leaves empty.
    fn remove_record(&self) -> Result<(), HostError>;
}
