//! What finished steps left, asked again of the nodes that answer: what somebody has changed since
//! is not healthy. It takes no lock and changes nothing; what takes longer is `verify`'s.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use super::member::Member;
use crate::cli::places;
use crate::cli::waiting::Waiting;
use crate::engine::{Commands, Drift, Engine, Event, Options, Stop};
use crate::guide::Guide;
use crate::host::{Host, Hosts, ReadOnly};
use crate::journal::{FileStore, Journal, MemoryStore};
use crate::node::NodeName;
use crate::ui::Unattended;

/// Why it is not known what is not as it was left.
#[derive(Clone, Debug)]
pub enum Unseen {
    /// It is looked at just now.
    Awaited,
    Failed(String),
}

/// What is not as it was left. What the nodes said of the cluster is not asked again.
///
/// # Errors
/// A journal that cannot be read, or a node that was lost meanwhile.
pub fn drift(
    guide: &Guide,
    commands: &Commands,
    waiting: &Waiting<Member>,
) -> Result<Vec<Drift>, Stop> {
    let state =
        places::state(&guide.cluster, &guide.profile).map_err(|p| Stop::Blocked(vec![p]))?;
    let store = MemoryStore::holding(FileStore::peek(&state)?, Vec::new());
    let mut journal = Journal::open(Box::new(store), String::new)?;

    let there =
        waiting.told.iter().filter_map(|told| Some((&told.host, told.answer.as_ref().ok()?)));
    let said = there.clone().map(|(node, member)| (node.clone(), member.seen.answers().clone()));
    let guarded: Vec<(NodeName, ReadOnly<'_>)> =
        there.map(|(node, member)| (node.clone(), ReadOnly::new(&member.host))).collect();
    let hosts: Hosts<'_> =
        guarded.iter().map(|(node, host)| (node.clone(), host as &dyn Host)).collect();

    let options = Options { commands: commands.clone(), ..Options::default() };
    let (mut told, mut nobody) = (Vec::<Event>::new(), Unattended { yes: false });
    let engine = Engine::new(guide, hosts, &mut journal, &mut told, &mut nobody, &options);
    engine.drift(said.collect())
}

/// Does this work, and says `so_far` where it has not ended after this time; whether it said it.
pub fn telling<T>(
    after: Duration,
    so_far: impl FnOnce() + Send,
    work: impl FnOnce() -> T,
) -> (T, bool) {
    let (ended, waits) = channel::<()>();
    thread::scope(|scope| {
        let tell = move || {
            let is_late = waits.recv_timeout(after) == Err(RecvTimeoutError::Timeout);
            if is_late {
                so_far();
            }
            is_late
        };
        // Where this machine starts no thread, it is only said later.
        let teller = thread::Builder::new().spawn_scoped(scope, tell);
        let result = work();
        drop(ended);
        (result, teller.is_ok_and(|teller| teller.join().unwrap_or(false)))
    })
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[test]
    fn what_is_known_so_far_is_said_only_where_the_work_takes_longer() {
        let quick = telling(Duration::from_secs(60), || panic!("it has ended"), || 5);
        assert_eq!(quick, (5, false));

        let (sender, said) = channel();
        let slow = telling(
            Duration::ZERO,
            move || sender.send("so far").unwrap(),
            || said.recv_timeout(Duration::from_secs(60)).unwrap(),
        );
        assert_eq!(slow, ("so far", true));
    }
}
