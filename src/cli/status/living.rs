//! What the members that answer say, for a command that needs them all: it is told before the
//! others are waited for, and at the latest when the command cannot do its work without them.

use std::time::Duration;

use super::seen::Seen;
use super::standing::{Contact, Contacted, Places};
use super::{LATE, text};
use crate::cli::complain;
use crate::cli::connect::{Connections, connecting, connectors, sorted, unreachable};
use crate::cli::waiting::{HostAnswer, Waiting};
use crate::engine::Stop;
use crate::guide::Guide;
use crate::host::{ReadOnly, ShellHost};
use crate::node::{HostError, NodeName};
use crate::setting::{Resolved, Settings};

/// After so long, members that are connected are asked how the cluster stands.
const SOON: Duration = Duration::from_secs(1);

/// Connects to every host of the guide. Where one is slow or cannot be reached, how the cluster
/// stands is told meanwhile, by way of the members that are connected.
///
/// # Errors
/// Every host that cannot be reached, in one answer.
pub fn connect_or_tell(resolved: &Resolved, guide: &Guide) -> Result<Connections, Stop> {
    let settings = &resolved.settings;
    let given = connectors(resolved, guide, &guide.hosts)?;
    let mut waiting: Waiting<ShellHost> = connecting(given, &guide.record, settings.limits.query);

    waiting.until_some(SOON, LATE);
    let open: Vec<String> = waiting.open().into_iter().map(|host| host.0).collect();
    let is_told = !open.is_empty() && {
        let places = places(settings, guide, &waiting.told, &Contact::Awaited);
        tell(&format!("no answer yet from {}", open.join(", ")), places)
    };

    let answers = waiting.all();
    if answers.iter().all(|told| told.answer.is_ok()) {
        return Ok(sorted(answers).0);
    }
    if !is_told {
        tell("nothing was verified", places(settings, guide, &answers, &Contact::Silent));
    }
    Err(unreachable(&sorted(answers).1))
}

/// Tells how the cluster stands, where a member answers; whether it has told.
fn tell(why: &str, places: Places) -> bool {
    let is_told = places.nodes.iter().any(|node| node.answer == Contact::Answers);
    if is_told {
        complain(&format!("{why}; the members that answer say:\n{}", text::of_places(&places)));
    }
    is_told
}

/// How nodes and instances stand, by the members that are connected; `open` stands for those that
/// have not answered.
fn places(
    settings: &Settings,
    guide: &Guide,
    told: &[HostAnswer<ShellHost>],
    open: &Contact,
) -> Places {
    let unreachable = |error: &HostError| Contact::Unreachable { why: error.to_string() };
    let contact = |node: &NodeName| {
        let told = told.iter().find(|told| told.host == *node);
        let host = told.ok_or_else(|| open.clone())?.answer.as_ref().map_err(unreachable)?;
        Seen::ask(&ReadOnly::new(host), settings).map_err(|error| unreachable(&error))
    };
    let contacted = |node: &NodeName| Contacted { node: node.clone(), seen: contact(node) };
    let contacts: Vec<Contacted> = guide.members.iter().map(contacted).collect();
    Places::of(settings, &contacts)
}
