//! What finished steps left, asked again of the nodes that answer: what somebody has changed since
//! is not healthy. It takes no lock and changes nothing; what takes longer is `verify`'s.

use super::member::Member;
use crate::cli::places;
use crate::cli::waiting::Waiting;
use crate::engine::{Commands, Drift, Engine, Event, Options, Stop};
use crate::guide::Guide;
use crate::host::{Host, Hosts, ReadOnly};
use crate::journal::{FileStore, Journal, MemoryStore};
use crate::node::NodeName;
use crate::ui::Unattended;

/// What is not as it was left; why that is not known.
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
    let guarded: Vec<(NodeName, ReadOnly<'_>)> =
        there.map(|(node, member)| (node.clone(), ReadOnly::new(&member.host))).collect();
    let hosts: Hosts<'_> =
        guarded.iter().map(|(node, host)| (node.clone(), host as &dyn Host)).collect();

    let options = Options { commands: commands.clone(), ..Options::default() };
    let (mut told, mut nobody) = (Vec::<Event>::new(), Unattended { yes: false });
    Engine::new(guide, hosts, &mut journal, &mut told, &mut nobody, &options).drift()
}
