//! The locks of the hosts: all of them for a run, or none. Whoever holds one in the way is named; a
//! lock of this journal's own dead run is taken over. The journal's lock is the journal's.

use super::fleet::Ahead;
use super::lock_holder::{WAIT_FOR_RUN, holder};
use super::stopped;
use super::{During, Engine, Event, Stop};
use crate::node::NodeName;
use crate::problem::{Problem, codes};
use crate::step::Step;

impl Engine<'_> {
    /// Takes the lock on every host, or on none. `steps`: what the run will do then.
    pub(super) fn lock(&mut self, steps: &[&Step]) -> Result<(), Stop> {
        let ahead = Ahead {
            due: &[],
            rows: &[],
            looks_of: None,
            steps,
            has_begun: &|step| self.has_begun(step),
            is_idle: &|_| false,
            end: None,
        };
        let holders = self.fleet.lock(self.options, &ahead);

        let (mut taken, mut problems, mut failure) = (Vec::new(), Vec::new(), None);
        for (node, holder) in holders {
            let other = holder.map_err(|e| stopped(During::Locking, &node, e));
            match other.and_then(|other| self.lock_of(&node, other)) {
                Ok(None) => taken.push(node),
                Ok(Some(problem)) => problems.push(problem),
                Err(stop) => failure = failure.or(Some(stop)),
            }
        }

        let left = if failure.is_none() {
            self.tell_problems(During::Locking, problems)
        } else {
            problems
        };
        if failure.is_none() && left.is_empty() {
            return Ok(());
        }
        self.fleet.give_back(&taken, self.options);
        Err(failure.unwrap_or(Stop::Blocked(left)))
    }

    /// The lock of a host where `other` is in the way.
    fn lock_of(&mut self, node: &NodeName, other: Option<String>) -> Result<Option<Problem>, Stop> {
        let Some(other) = other else { return Ok(None) };
        let ours = !other.is_empty() && self.options.is_from_here(&other);
        let accepted = self.options.accept.iter().any(|c| c == codes::LOCK_NODE.as_str());

        let who = holder(&other);
        let what = format!("the lock on this node is held by {who}");
        let problem = Problem::new(codes::LOCK_NODE, what).on(node.as_str());
        if !(ours || accepted) {
            return Ok(Some(problem.hint(WAIT_FOR_RUN)));
        }

        // The lock of this journal is ours alone, so a run from here that holds the node's is dead.
        let problem = problem.hint("that run is dead; its lock was taken over");
        self.sink.tell(&Event::Notice { step: During::Locking.to_string(), problem });

        let taken = self.fleet.take_over(node, &other, self.options);
        let another = taken.map_err(|e| stopped(During::Locking, node, e))?;
        Ok(another.map(|another| {
            let what = format!("{} took the lock on this node just now", holder(&another));
            Problem::new(codes::LOCK_NODE, what).on(node.as_str())
        }))
    }

    /// Gives every lock back.
    pub(super) fn unlock(&self) {
        self.fleet.unlock(self.options);
    }
}
