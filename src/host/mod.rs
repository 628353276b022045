//! Hosts: everything calha can look at goes through the trait [`Inspect`], everything that it can
//! change through [`Host`]. Install, dry run, verify, rehearsal and tests differ only in which host
//! the engine is given. When to do what, and with which lock, is for the engine: this room knows no
//! guide and no step.

mod acquaintance;
mod applied;
mod asking;
mod becoming;
#[expect(clippy::disallowed_methods, reason = "this is where a node is reached")]
mod connector;
mod delivery;
mod due;
mod frame;
mod line;
mod listing;
mod outcome;
mod overlay;
mod read_only;
mod session;
mod shell_host;
mod shell_work;
mod terminal;
mod token;
mod watcher;
mod watching;

pub use acquaintance::Acquaintance;
pub use applied::{Applied, Sent, Taken};
pub use becoming::Becoming;
pub use connector::{Connector, GONE};
pub use delivery::Delivery;
pub use due::Due;
pub use frame::{Broken, Frame};
pub use overlay::Overlay;
pub use read_only::ReadOnly;
pub use session::Session;
pub use shell_host::ShellHost;
pub use watcher::Watcher;

use std::collections::BTreeMap;

use crate::node::{HostError, Inspect, NodeName, Question};
use crate::op::OpId;

/// The hosts of an installation by name; one that cannot be reached, or has no connection, is
/// missing.
pub type Hosts<'a> = BTreeMap<NodeName, &'a dyn Host>;

/// The same hosts for whoever only looks.
pub fn views<'a>(hosts: &Hosts<'a>) -> BTreeMap<NodeName, &'a dyn Inspect> {
    hosts.iter().map(|(name, host)| (name.clone(), *host as &dyn Inspect)).collect()
}

/// Has operations applied one after the other, up to the first that does not end well.
pub(crate) fn in_turn(
    ops: &[Due],
    apply: &dyn Fn(&Due) -> Result<Applied, HostError>,
) -> Vec<Result<Applied, HostError>> {
    if let Err(misfit) = Due::fit_together(ops) {
        return vec![Err(misfit)];
    }

    let mut outcomes = Vec::new();
    for due in ops {
        let outcome = apply(due);
        let ended_well = matches!(outcome, Ok(Applied::Done | Applied::Already));
        outcomes.push(outcome);
        if !ended_well {
            break;
        }
    }
    outcomes
}

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
        in_turn(ops, &|due| self.apply(due))
    }
    /// The same, and what is asked once all of them have ended well.
    fn apply_all_then_ask(&self, ops: &[Due], questions: &[Question]) -> Sent {
        let outcomes = self.apply_all(ops);
        let is_done = |outcome: &Result<Applied, HostError>| {
            matches!(outcome, Ok(Applied::Done | Applied::Already))
        };

        let answers = match outcomes.iter().all(is_done) {
            true => self.ask(questions).unwrap_or_default(),
            false => Vec::new(),
        };
        Sent { outcomes, answers }
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
    fn take_then_ask(&self, holder: &str, questions: &[Question]) -> Result<Taken, HostError> {
        let other = self.take(holder)?;
        let answers = if other.is_none() { self.ask(questions)? } else { Vec::new() };
        Ok(Taken { other, answers })
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
