use std::collections::BTreeMap;

use super::Stop;
use super::engine::stopped;
use crate::host::{Host, HostError, NodeName, Rounds};
use crate::step::Hosts;

/// Runs code that only looks until it asks nothing new; each round is one round trip to every host, all at the same time.
///
/// # Errors
/// A host that is lost.
pub(super) fn in_rounds<T>(hosts: &Hosts<'_>, mut look: impl FnMut(&Hosts<'_>) -> T) -> Result<T, Stop> {
    if !hosts.values().any(|h| h.takes_many()) {
        return Ok(look(hosts));
    }
    let rounds: BTreeMap<NodeName, Rounds<'_>> = hosts.iter().map(|(name, host)| (name.clone(), Rounds::new(*host))).collect();
    let asking: Hosts<'_> = rounds.iter().map(|(name, host)| (name.clone(), host as &dyn Host)).collect();
    loop {
        let seen = look(&asking);
        let asked: Vec<(NodeName, Result<bool, HostError>)> = std::thread::scope(|scope| {
            let threads: Vec<_> = rounds.iter().map(|(name, host)| (name.clone(), scope.spawn(|| host.ask()))).collect();
            let died = |_| Err(HostError::Invalid("a thread ended".into()));
            threads.into_iter().map(|(name, thread)| (name, thread.join().unwrap_or_else(died))).collect()
        });
        let mut again = false;
        for (name, result) in asked {
            again |= result.map_err(|error| stopped("looking", &name, error))?;
        }
        if !again {
            return Ok(seen);
        }
    }
}
