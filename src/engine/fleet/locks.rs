//! Takes the lock on every host and gives it back. Of two runs that come at once, the one that has
//! the first host gets the others. Whose lock may be taken over is left to `engine::locks`.

use std::time::{Duration, Instant};

use super::Fleet;
use super::ahead::Ahead;
use super::on_each::on_each;
use crate::engine::Options;
use crate::host::{Host, Taken};
use crate::node::{HostError, NodeName};

/// How often a run that has the first host asks again for the others' locks, a tenth of a second
/// apart.
const PATIENCE: u32 = 10;

/// The line of another holder, if one is in the way of a lock.
pub type Holder = Result<Option<String>, HostError>;

impl Fleet<'_> {
    /// Takes the lock on every host; who is in the way on each. What comes next is asked along.
    pub fn lock(&self, options: &Options, ahead: &Ahead<'_>) -> Vec<(NodeName, Holder)> {
        self.cache.forget();
        let (by, mut foreseen) = (options.by(), self.foreseen(ahead));
        let asked: Vec<_> = self
            .hosts
            .iter()
            .map(|(node, host)| (*host, foreseen.remove(node).unwrap_or_default()))
            .collect();
        let is_waited_for = self.hosts.values().any(|host| host.is_far());

        let died = || Err(HostError::Invalid("a thread ended".into()));
        let mut taken: Vec<Result<Taken, HostError>> =
            on_each(&asked, is_waited_for, |(host, questions)| host.take_then_ask(&by, questions))
                .into_iter()
                .map(|taken| taken.unwrap_or_else(died))
                .collect();
        let at = Instant::now();
        if is_waited_for {
            self.insist(options, &mut taken);
        }

        let mut holders = Vec::new();
        for ((host, questions), taken) in asked.into_iter().zip(taken) {
            let holder = taken.map(|Taken { other, answers }| {
                let answers = questions.into_iter().zip(answers).collect();
                self.cache.learn(host.name(), Some(at), answers);
                other
            });
            holders.push((host.name().clone(), holder));
        }
        holders
    }

    /// Of two runs that come at once, the one that has the first host gets the others as soon as
    /// the other has given them back. A lock without a holder may be about to get one.
    fn insist(&self, options: &Options, taken: &mut [Result<Taken, HostError>]) {
        let by = options.by();
        for _ in 0..PATIENCE {
            let has_first = matches!(taken.first(), Some(Ok(Taken { other: None, .. })));
            let is_refused = |taken: &Result<Taken, HostError>| match taken {
                Ok(Taken { other: Some(other), .. }) => {
                    other.is_empty() || (has_first && !options.is_from_here(other))
                }
                _ => false,
            };
            if !taken.iter().any(is_refused) {
                return;
            }

            std::thread::sleep(Duration::from_millis(100));
            let again = self.hosts.values().zip(taken.iter_mut());
            for (host, taken) in again.filter(|(_, taken)| is_refused(taken)) {
                *taken = host.take_then_ask(&by, &[]);
            }
        }
    }

    /// Takes the lock of a node that another holds, whose run is dead; who is in the way now.
    ///
    /// # Errors
    /// As every request to a node.
    pub fn take_over(&self, node: &NodeName, other: &str, options: &Options) -> Holder {
        self.cache.forget();
        let Some(host) = self.hosts.get(node) else { return Err(HostError::NotAsked) };
        host.release(other)?;
        host.take(&options.by())
    }

    /// Gives the locks of these nodes back. One that cannot be given back is shown as stale to the
    /// next run.
    pub fn give_back(&self, nodes: &[NodeName], options: &Options) {
        let (by, is_waited_for) = (options.by(), self.hosts.values().any(|host| host.is_far()));
        let hosts: Vec<&dyn Host> =
            nodes.iter().filter_map(|node| self.hosts.get(node).copied()).collect();
        drop(on_each(&hosts, is_waited_for, |host| host.release(&by)));
    }

    /// Gives every lock back, at the end of a run. A host that is gone keeps its own, which the
    /// next run shows.
    pub fn unlock(&self, options: &Options) {
        let by = options.by();
        self.hosts.values().for_each(|host| host.let_go(&by));
    }
}
