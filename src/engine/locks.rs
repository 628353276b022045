//! The locks of the hosts: all of them for a run, or none. Whoever holds one in the way is named; a
//! lock of this journal's own dead run is taken over. The journal's lock is the journal's.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::engine::stopped;
use super::fleet::cache::on_each;
use super::lock_holder::holder;
use super::{Engine, Event, Stop};
use crate::host::{Host, TakenAndAnswered};
use crate::node::{self, HostError, NodeName};
use crate::problem::{Problem, codes};

/// How often a run that has the first host asks again for the others' locks, a tenth of a second
/// apart.
const PATIENCE: u32 = 10;
/// What to do about a lock that another run holds, or has taken over.
pub(super) const WAIT_FOR_RUN: &str =
    "wait until that run has ended; when it is known to be dead, add --accept lock.node";

impl Engine<'_> {
    /// Takes the lock on every host, or on none. `first`: what the run will ask then, asked along.
    pub(super) fn lock(
        &mut self,
        first: &BTreeMap<NodeName, Vec<node::Question>>,
    ) -> Result<(), Stop> {
        self.known.forget();
        let by = self.options.by();
        let hosts: Vec<(NodeName, &dyn Host)> =
            self.hosts.iter().map(|(n, h)| (n.clone(), *h)).collect();
        let asked = |host: &dyn Host| first.get(host.name()).map_or(&[][..], Vec::as_slice);
        let mut answers = on_each(&hosts, |host| host.take_then_ask(&by, asked(host)));
        let at = Instant::now();

        // Of two runs that come at once, the one that has the first host gets the others as soon as
        // the other has given them back. A lock without a holder may be about to get one.
        let refused = |a: &Result<TakenAndAnswered, HostError>, has_first: bool| {
            matches!(
                a,
                Ok((Some(other), _))
                    if other.is_empty() || (has_first && !self.options.is_from_here(other))
            )
        };
        for _ in 0..PATIENCE {
            let has_first = matches!(answers.first(), Some(Ok((None, _))));
            let refused = |answer: &Result<TakenAndAnswered, HostError>| refused(answer, has_first);
            if !hosts.iter().any(|(_, h)| h.is_far()) || !answers.iter().any(refused) {
                break;
            }
            std::thread::sleep(Duration::from_millis(100));
            for ((_, host), answer) in
                hosts.iter().zip(&mut answers).filter(|(_, answer)| refused(answer))
            {
                *answer = host.take_then_ask(&by, &[]);
            }
        }

        let (mut taken, mut problems, mut failure) = (Vec::new(), Vec::new(), None);
        for ((node, host), answer) in hosts.into_iter().zip(answers) {
            let answer =
                answer.map_err(|e| stopped("lock", &node, e)).and_then(|(other, answered)| {
                    self.known.learn(
                        &node,
                        at,
                        asked(host).iter().cloned().zip(answered).collect(),
                    );
                    self.lock_of(&node, host, other)
                });
            match answer {
                Ok(None) => taken.push((node, host)),
                Ok(Some(problem)) => problems.push(problem),
                Err(stop) => failure = failure.or(Some(stop)),
            }
        }
        let left = if failure.is_none() { self.tell_problems("lock", problems) } else { problems };
        match failure {
            None if left.is_empty() => return Ok(()),
            _ => drop(on_each(&taken, |host| host.release(&by))),
        }
        // What cannot be given back is shown as stale to the next run.
        Err(failure.unwrap_or(Stop::Blocked(left)))
    }

    /// The lock of a host where `other` is in the way.
    fn lock_of(
        &mut self,
        node: &NodeName,
        host: &dyn Host,
        other: Option<String>,
    ) -> Result<Option<Problem>, Stop> {
        let by = self.options.by();
        let Some(other) = other else { return Ok(None) };
        let ours = !other.is_empty() && self.options.is_from_here(&other);
        let accepted = self.options.accept.iter().any(|c| c == codes::LOCK_NODE.as_str());

        let who = holder(&other);
        let problem =
            Problem::new(codes::LOCK_NODE, format!("the lock on this node is held by {who}"))
                .on(node.as_str());

        if !(ours || accepted) {
            return Ok(Some(problem.hint(WAIT_FOR_RUN)));
        }

        // The lock of this journal is ours alone, so a run from here that holds the node's is dead.
        self.sink.tell(&Event::Notice {
            step: "lock".into(),
            problem: problem.hint("that run is dead; its lock was taken over"),
        });
        host.release(&other).map_err(|e| stopped("lock", node, e))?;
        match host.take(&by).map_err(|e| stopped("lock", node, e))? {
            None => Ok(None),
            Some(another) => Ok(Some(
                Problem::new(
                    codes::LOCK_NODE,
                    format!("{} took the lock on this node just now", holder(&another)),
                )
                .on(node.as_str()),
            )),
        }
    }

    /// Gives every lock back. A host that is gone keeps its own, which the next run shows.
    pub(super) fn unlock(&self) {
        let by = self.options.by();
        self.hosts.values().for_each(|host| host.let_go(&by));
    }
}
