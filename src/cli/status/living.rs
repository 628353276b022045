//! What the members that answer say, for a command that needs them all: it is told before the
//! others are waited for, and at the latest when the command cannot do its work without them.

use std::collections::BTreeMap;
use std::time::Duration;

use super::seen::Seen;
use super::standing::{Contact, Contacted, Places};
use super::{LATE, text};
use crate::cli::complain;
use crate::cli::connect::{self, Connections, connecting, connectors, sorted};
use crate::cli::waiting::{HostAnswer, Waiting};
use crate::engine::Stop;
use crate::guide::Guide;
use crate::host::{ReadOnly, ShellHost};
use crate::node::{HostError, NodeName};
use crate::setting::{Resolved, Settings};
use crate::ui::width;

/// After so long, members that are connected are asked how the cluster stands: a line that is alive
/// seldom takes longer, and then one more question is asked for nothing.
const ASKED: Duration = Duration::from_millis(400);

/// After so long, it is told what they answered, where others have not.
const SOON: Duration = Duration::from_millis(1500);

/// Connects to every host of the guide. Where one is slow or cannot be reached, how the cluster
/// stands is told meanwhile, by way of the members that are connected.
///
/// # Errors
/// Every host that cannot be reached, in one answer.
pub fn connect_or_tell(resolved: &Resolved, guide: &Guide) -> Result<Connections, Stop> {
    let settings = &resolved.settings;
    let given = connectors(resolved, guide, &guide.hosts)?;
    let mut waiting: Waiting<ShellHost> = connecting(given, &guide.record, settings.limits.query);

    waiting.until_some(ASKED, LATE);
    let mut seen = Looks::default();
    if !waiting.open().is_empty() {
        seen.ask(settings, &waiting.told);
        waiting.until(SOON);
    }
    let open: Vec<String> = waiting.open().into_iter().map(|host| host.0).collect();
    let is_told = !open.is_empty() && {
        seen.ask(settings, &waiting.told);
        let places = seen.places(settings, guide, &Contact::Awaited);
        tell(&format!("no answer yet from {}", open.join(", ")), places)
    };

    let answers = waiting.all();
    if answers.iter().all(|told| told.answer.is_ok()) {
        return Ok(sorted(answers).0);
    }
    if !is_told {
        seen.ask(settings, &answers);
        tell("nothing was verified", seen.places(settings, guide, &Contact::Silent));
    }
    Err(connect::unreachable(&sorted(answers).1))
}

/// Tells how the cluster stands, where a member answers; whether it has told.
fn tell(why: &str, places: Places) -> bool {
    let is_told = places.nodes.iter().any(|node| node.answer == Contact::Answers);
    if is_told {
        let places = text::of_places(&places, width());
        complain(&format!("{why}; the members that answer say:\n{places}"));
    }
    is_told
}

/// What hosts that are connected, or cannot be reached, have told.
#[derive(Default)]
struct Looks(BTreeMap<NodeName, Result<Seen, Contact>>);

impl Looks {
    /// Asks those that were not asked before, of the cluster only until one speaks for it.
    fn ask(&mut self, settings: &Settings, told: &[HostAnswer<ShellHost>]) {
        let mut is_told = self.0.values().flatten().any(Seen::speaks_for_cluster);
        for HostAnswer { host, answer } in told {
            let seen = self.0.entry(host.clone()).or_insert_with(|| {
                let host = ReadOnly::new(answer.as_ref().map_err(unreachable)?);
                let seen = match is_told {
                    true => Seen::ask_for_itself(&host, settings),
                    false => Seen::ask(&host, settings),
                };
                seen.map_err(|error| unreachable(&error))
            });
            is_told |= seen.as_ref().is_ok_and(Seen::speaks_for_cluster);
        }
    }

    /// How nodes and instances stand; `open` stands for members that have not answered.
    fn places(&self, settings: &Settings, guide: &Guide, open: &Contact) -> Places {
        let seen = |node: &NodeName| self.0.get(node).cloned().unwrap_or(Err(open.clone()));
        let contacted = |node: &NodeName| Contacted { node: node.clone(), seen: seen(node) };
        Places::of(settings, &guide.members.iter().map(contacted).collect::<Vec<_>>())
    }
}

fn unreachable(error: &HostError) -> Contact {
    Contact::Unreachable { why: error.to_string() }
}
