//! The hosts of a run. The rest of the engine looks at them, sends operations, takes and gives back
//! their locks, and leaves out a member that is down; how few round trips that costs is decided
//! here and nowhere else. Without this room a run would take longer and come to the same end.
//!
//! A request to a node is operations and questions. Answers land in one cache, which any effect
//! empties. Nothing is decided here: `decide` does.

mod ahead;
mod cache;
mod collect;
mod locks;
mod lost_member;
mod meanwhile;
mod on_each;
mod send;
mod task;
mod together;

use std::collections::BTreeMap;

use self::cache::Cache;
use super::stopped;
use super::{During, Stop};
use crate::guide::Guide;
use crate::host::{Host, Hosts, views};
use crate::node::{HostError, Inspect, NodeName};
use crate::op::{Check, OpId};
use crate::problem::{Problem, codes};
use crate::step::{Step, Views};

pub(super) use ahead::{Ahead, End};
pub use collect::{Answers, look_at_all};
pub use on_each::on_each;
pub(super) use send::{Fate, Sending};
pub(super) use task::Task;
pub(super) use together::go_together;

/// The hosts of a run, and what they have said.
pub(super) struct Fleet<'a> {
    hosts: Hosts<'a>,
    /// Members that have gone down in this run.
    down: Vec<NodeName>,
    guide: &'a Guide,
    /// Somebody is asked about each step, so nothing goes out with another or is asked ahead.
    is_stepwise: bool,
    cache: Cache,
}

impl<'a> Fleet<'a> {
    /// Hosts of which nothing is known yet.
    pub fn new(hosts: Hosts<'a>, guide: &'a Guide, is_stepwise: bool) -> Self {
        Self { hosts, down: Vec::new(), guide, is_stepwise, cache: Cache::default() }
    }

    /// Has code that only looks come to its conclusion. It may run several times, each time knowing
    /// more; what it concludes last is what it would conclude on the hosts themselves.
    ///
    /// # Errors
    /// A host that is lost.
    pub fn look<T>(&self, look: impl FnMut(&Views<'_>) -> T) -> Result<T, Stop> {
        self.look_on(&self.hosts, look).map_err(|(node, e)| stopped(During::Looking, &node, e))
    }

    /// The same with what the hosts have said just now to somebody else, and with what is expected
    /// to hold: where all stands as expected, it costs one round trip.
    ///
    /// # Errors
    /// A host that is lost.
    pub fn look_expecting<T>(
        &self,
        mut known: BTreeMap<NodeName, Answers>,
        expected: &[(NodeName, Check)],
        look: impl FnMut(&Views<'_>) -> T,
    ) -> Result<T, Stop> {
        for (node, said) in self.cache.fresh() {
            known.entry(node).or_default().extend(said);
        }
        let looked = collect::in_rounds_expecting(&views(&self.hosts), known, expected, look);
        let (seen, said) = looked.map_err(|(node, e)| stopped(During::Looking, &node, e))?;
        said.into_iter().for_each(|(node, answers)| self.cache.learn(&node, None, answers));
        Ok(seen)
    }

    /// The same on one node, for a step.
    ///
    /// # Errors
    /// A node that is not there, or is lost.
    pub fn look_at<'s, T>(
        &self,
        node: &'s NodeName,
        during: impl Into<During<'s>>,
        mut look: impl FnMut(&dyn Inspect) -> Result<T, HostError>,
    ) -> Result<T, Stop> {
        let only: Hosts<'_> = [(node.clone(), self.host(node)?)].into();
        let seen = self.look_on(&only, |hosts| match hosts.get(node) {
            Some(host) => look(*host),
            None => Err(HostError::NotAsked),
        });
        seen.unwrap_or_else(|(_, lost)| Err(lost)).map_err(|e| stopped(during, node, e))
    }

    fn look_on<T>(
        &self,
        hosts: &Hosts<'_>,
        look: impl FnMut(&Views<'_>) -> T,
    ) -> Result<T, (NodeName, HostError)> {
        let (seen, said) = collect::in_rounds(&views(hosts), self.cache.fresh(), look)?;
        said.into_iter().for_each(|(node, answers)| self.cache.learn(&node, None, answers));
        Ok(seen)
    }

    /// Somebody was asked and may have done something meanwhile: nothing is known any more.
    pub fn forget(&self) {
        self.cache.forget();
    }

    /// Waits until a command that an earlier run started has ended, for at most so many seconds.
    ///
    /// # Errors
    /// [`Stop::LeftRunning`] when it has not.
    pub fn wait(&self, id: &OpId, within: u64) -> Result<(), Stop> {
        self.cache.forget();
        let host = self.host(&id.node)?;
        host.wait(id, within).map_err(|e| stopped(&id.step, &id.node, e))
    }

    /// Removes calha's own directory from a node.
    ///
    /// # Errors
    /// A node that is not there, or is lost.
    pub fn remove_record(&self, node: &NodeName) -> Result<(), Stop> {
        self.cache.forget();
        self.host(node)?.remove_record().map_err(|e| stopped(During::Closing, node, e))
    }

    /// How many of these steps, from the first, have nothing to look at or to ask between them; one
    /// at least.
    pub fn leg(&self, steps: &[&Step]) -> usize {
        if self.is_stepwise { 1 } else { together::leg(steps) }
    }

    /// The nodes that are connected.
    pub fn nodes(&self) -> impl Iterator<Item = &NodeName> {
        self.hosts.keys()
    }

    /// Whether a node is connected.
    pub fn has(&self, node: &NodeName) -> bool {
        self.hosts.contains_key(node)
    }

    /// Members that have gone down in this run.
    pub fn down(&self) -> &[NodeName] {
        &self.down
    }

    /// Whether the node is connected; why not, as the end of a run.
    ///
    /// # Errors
    /// A node that is down, or was never connected.
    pub fn reach(&self, node: &NodeName) -> Result<(), Stop> {
        self.host(node).map(drop)
    }

    fn host(&self, node: &NodeName) -> Result<&'a dyn Host, Stop> {
        if self.down.contains(node) {
            let what = "the cluster has said in this run that it is down";
            let problem = Problem::new(codes::HOST_MISSING, what).on(node.as_str());
            return Err(Stop::Unreachable(
                problem.hint("what has to be done on it is left until it is back"),
            ));
        }
        self.hosts.get(node).copied().ok_or_else(|| missing(node))
    }
}

/// The host of a node among those that a look gets.
///
/// # Errors
/// A node that is not connected.
pub(super) fn host_of<'h>(
    hosts: &BTreeMap<NodeName, &'h dyn Inspect>,
    node: &NodeName,
) -> Result<&'h dyn Inspect, Stop> {
    hosts.get(node).copied().ok_or_else(|| missing(node))
}

fn missing(node: &NodeName) -> Stop {
    let problem = Problem::new(codes::HOST_MISSING, "there is no connection to this host");
    Stop::Unreachable(problem.on(node.as_str()))
}
