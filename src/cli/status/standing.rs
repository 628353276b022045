//! How an installation stands: healthy or not, where the last run stopped, what to type next, and
//! below it everything that this was concluded from. It is data, for a screen and for programs.
//!
//! Healthy is only what was seen healthy: what nobody could tell is never taken for good.

use std::collections::BTreeMap;

use serde::Serialize;

use super::next::{Next, Typed};
use super::past::Past;
use super::seen::{Seen, resources};
use crate::cli::debug_level::DebugLevel;
use crate::cluster::{GroupState, Meaning, ResourceState, Switch, queries};
use crate::node::{Inspect as _, NodeName};
use crate::setting::{Instance, Settings};

/// What became of the question to a node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "answer")]
pub enum Contact {
    Answers,
    /// Nobody asked it.
    NotAsked,
    /// It has not answered yet, and may still.
    #[serde(rename = "not-yet")]
    Awaited,
    /// Nothing came for as long as anybody waits.
    Silent,
    Unreachable {
        why: String,
    },
}

/// A node, by its own answer and by the cluster's word.
#[derive(Clone, Debug, Serialize)]
pub struct NodeStanding {
    pub name: NodeName,
    #[serde(flatten)]
    pub answer: Contact,
    /// UP or DOWN.
    pub state: Option<String>,
}

/// A resource on a node.
#[derive(Clone, Debug, Serialize)]
pub struct ResourceStanding {
    pub name: String,
    pub node: NodeName,
    pub state: Option<String>,
    pub enabled: Option<bool>,
    /// What its monitor says.
    pub text: Option<String>,
}

/// An instance: its group, its resources and where its shared directory is mounted.
#[derive(Clone, Debug, Serialize)]
pub struct InstanceStanding {
    pub name: String,
    pub host: String,
    pub address: String,
    pub group: String,
    pub share: String,
    pub states: BTreeMap<NodeName, Option<String>>,
    pub mounted: BTreeMap<NodeName, Option<bool>>,
    pub resources: Vec<ResourceStanding>,
}

/// The whole answer.
#[derive(Clone, Debug, Serialize)]
pub struct Standing {
    pub version: u32,
    pub cluster: String,
    pub profile: String,
    pub healthy: bool,
    /// Whether it is only so far that nothing is wrong.
    #[serde(skip)]
    pub is_looking: bool,
    /// Why it is not healthy, the most urgent first; empty where it is.
    pub problems: Vec<String>,
    /// What to type next, or to do.
    pub next: String,
    /// The commands in it, in their order.
    pub commands: Vec<Typed>,
    #[serde(skip)]
    pub way: Next,
    pub journal: Past,
    /// None: calha debug is not on.
    pub debugging: Option<DebugLevel>,
    #[serde(flatten)]
    pub places: Places,
}

/// How nodes and instances stand, without a word on the installation.
#[derive(Clone, Debug, Serialize)]
pub struct Places {
    pub nodes: Vec<NodeStanding>,
    pub instances: Vec<InstanceStanding>,
}

/// What became of the question to a node.
pub struct Contacted {
    pub node: NodeName,
    pub seen: Result<Seen, Contact>,
}

impl Places {
    /// By way of the first node that can speak for the cluster.
    pub fn of(settings: &Settings, contacts: &[Contacted]) -> Self {
        let seen = contacts.iter().filter_map(|of| Some((&of.node, of.seen.as_ref().ok()?)));
        let seen: BTreeMap<&NodeName, &Seen> = seen.collect();
        let asked = asked(contacts);

        Self {
            nodes: contacts.iter().map(|of| of_node(&of.node, &of.seen, asked)).collect(),
            instances: settings.instances.iter().map(|i| of_instance(i, asked, &seen)).collect(),
        }
    }
}

/// The first node that is in the cluster: one that has left it knows nothing of it.
pub fn asked(contacts: &[Contacted]) -> Option<&Seen> {
    contacts.iter().filter_map(|of| of.seen.as_ref().ok()).find(|s| s.speaks_for_cluster())
}

fn of_node(node: &NodeName, answer: &Result<Seen, Contact>, asked: Option<&Seen>) -> NodeStanding {
    NodeStanding {
        name: node.clone(),
        answer: answer.as_ref().err().cloned().unwrap_or(Contact::Answers),
        state: asked.and_then(|asked| asked.line(&queries::node_state(node))),
    }
}

fn of_instance(
    instance: &Instance,
    asked: Option<&Seen>,
    seen: &BTreeMap<&NodeName, &Seen>,
) -> InstanceStanding {
    let line = |command| asked.and_then(|asked| asked.line(&command));
    let group = &instance.resource_group;
    let nodes = || instance.nodes.iter();

    let of_resource = |name: &str, node: &NodeName| ResourceStanding {
        name: name.to_owned(),
        node: node.clone(),
        state: line(queries::resource_state(name, node)),
        enabled: line(queries::switch(name)).map(|word| Switch::is_on(&word)),
        text: asked.and_then(|asked| asked.status_text(name, node)),
    };
    let mounted = |node: &NodeName| seen.get(node)?.mounted(&instance.share_dir).ok();

    InstanceStanding {
        name: instance.name.clone(),
        host: instance.logical_host.fqdn.clone(),
        address: instance.logical_host.address.to_string(),
        group: group.clone(),
        share: instance.share_dir.to_string(),
        states: nodes().map(|n| (n.clone(), line(queries::group_state(group, n)))).collect(),
        mounted: nodes().map(|n| (n.clone(), mounted(n))).collect(),
        resources: resources(instance)
            .into_iter()
            .flat_map(|name| nodes().map(move |node| (name, node)))
            .map(|(name, node)| of_resource(name, node))
            .collect(),
    }
}

impl InstanceStanding {
    /// The nodes on which its group is online.
    pub fn holders(&self) -> impl Iterator<Item = &NodeName> {
        let is_online = |state: &Option<String>| {
            let state = state.as_deref().map(GroupState::parse);
            matches!(state, Some(GroupState::Online | GroupState::OnlineFaulted))
        };
        self.states.iter().filter(move |(_, state)| is_online(state)).map(|(node, _)| node)
    }

    /// The one node that serves it: its group is online there alone, and all its resources are up.
    pub fn server(&self) -> Option<&NodeName> {
        let mut holders = self.holders();
        let holder = holders.next().filter(|_| holders.next().is_none())?;
        let mut there = self.resources.iter().filter(|resource| resource.node == *holder);
        there.all(|resource| resource.enabled == Some(true) && resource.is_up()).then_some(holder)
    }
}

impl ResourceStanding {
    /// Whether it is up, as far as the cluster knows.
    pub fn is_up(&self) -> bool {
        self.state.as_deref().map(|s| ResourceState::parse(s).meaning()) == Some(Meaning::Up)
    }
}
