//! How an installation stands: healthy or not, where the last run stopped, what to type next, and
//! below it everything that this was concluded from. It is data, for a screen and for programs.
//!
//! Healthy is only what was seen healthy: what nobody could tell is never taken for good.

use std::collections::BTreeMap;

use serde::Serialize;

use super::past::{Ended, Past};
use super::seen::{Seen, resources};
use crate::cluster::{GroupState, Meaning, NodeState, ResourceState, Switch, queries};
use crate::engine::Commands;
use crate::guide::Guide;
use crate::node::{Inspect as _, NodeName};
use crate::problem::Problem;
use crate::setting::{FileSystemKind, Instance, Settings};
use crate::step::GroupCondition;

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
    /// Why it is not healthy, the most urgent first; empty where it is.
    pub problems: Vec<String>,
    /// What to type next, or to do.
    pub next: String,
    pub journal: Past,
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

/// What all of it is concluded from.
pub struct Evidence<'e> {
    pub settings: &'e Settings,
    pub guide: &'e Guide,
    pub commands: &'e Commands,
    pub past: Past,
    /// In the order of the profile.
    pub contacts: &'e [Contacted],
    /// What nodes say of an installation whose journal is not here.
    pub elsewhere: Vec<Problem>,
}

impl Places {
    /// By way of the first node that is in the cluster.
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
fn asked(contacts: &[Contacted]) -> Option<&Seen> {
    contacts.iter().filter_map(|of| of.seen.as_ref().ok()).find(|s| s.is_in_cluster())
}

impl Evidence<'_> {
    /// The conclusion.
    pub fn concluded(self) -> Standing {
        let places = Places::of(self.settings, self.contacts);
        let asked = asked(self.contacts);

        let mut verdict = Verdict::default();
        self.judge_run(&mut verdict);
        self.judge_groups(asked, &places.instances, &mut verdict);
        judge_nodes(&places.nodes, asked.is_some(), self.commands, &mut verdict);
        self.judge_steps(&mut verdict);

        let healthy = verdict.problems.is_empty();
        let all_is_well = || format!("nothing; {} proves every step", self.commands.of("verify"));
        Standing {
            version: 1,
            cluster: self.settings.cluster.name.clone(),
            profile: self.guide.profile.clone(),
            healthy,
            problems: verdict.problems,
            next: verdict.next.unwrap_or_else(all_is_well),
            journal: self.past,
            places,
        }
    }

    /// A run that is at work, or stuck, comes before everything else.
    fn judge_run(&self, verdict: &mut Verdict) {
        match self.past.last_run.as_ref().map(|last| &last.ended) {
            Some(Ended::AtWork { by }) => verdict
                .add("a run is at work".to_owned(), || format!("wait until it has ended: {by}")),
            Some(Ended::Stuck { step, next, .. }) => {
                verdict.add(format!("{step} cannot be undone"), || {
                    let next = next.as_deref().unwrap_or("see why");
                    format!("{next}; then {}", self.commands.of("resume"))
                })
            }
            _ => {}
        }
    }

    fn judge_groups(
        &self,
        asked: Option<&Seen>,
        instances: &[InstanceStanding],
        verdict: &mut Verdict,
    ) {
        let Some(asked) = asked.filter(|_| self.past.begun || self.is_elsewhere()) else { return };
        for (instance, of) in instances.iter().zip(&self.settings.instances) {
            // Everything was asked beforehand: what is missing is not known, and no error.
            let condition = GroupCondition::read(asked, &of.resource_group).unwrap_or_default();
            let remedy = condition.remedy().map(|remedy| self.guide.remedy(remedy));
            for odd in condition.odd() {
                verdict.add(odd, || match &remedy {
                    Some(remedy) => remedy.typed(&self.commands.arguments()),
                    None => format!("wait a little, then {}", self.commands.of("status")),
                });
            }
            self.judge_instance(instance, of, verdict);
        }
    }

    fn is_elsewhere(&self) -> bool {
        !self.elsewhere.is_empty()
    }

    fn judge_instance(&self, instance: &InstanceStanding, of: &Instance, verdict: &mut Verdict) {
        // What is not there yet is told with the steps.
        if instance.states.values().all(Option::is_none) && !self.past.is_whole() {
            return;
        }
        let start = || {
            // What is not up is what the run had not come to, or has undone.
            if self.past.is_unfinished() {
                return self.commands.of("resume");
            }
            let words = self.commands.of("service start");
            if self.settings.instances.len() > 1 { format!("{words} {}", of.name) } else { words }
        };

        let group = &instance.group;
        let holders: Vec<&NodeName> = instance.holders().collect();
        match holders.len() {
            0 => verdict.add(format!("{group} is online on no node"), start),
            1 => {}
            n => {
                let verify = || self.commands.of("verify");
                verdict.add(format!("{group} is online on {n} nodes"), verify);
            }
        }

        for resource in &instance.resources {
            let name = &resource.name;
            if resource.enabled != Some(true) {
                let told = resource.enabled.is_some();
                let is = if told { "is disabled" } else { "may be disabled: nobody tells" };
                let switched_off = format!("{name} {is}");
                if !verdict.problems.contains(&switched_off) {
                    verdict.add(switched_off, start);
                }
            } else if holders.contains(&&resource.node)
                && !resource.is_up()
                && !verdict.tells_of(name, &resource.node)
            {
                let state = resource.state.as_deref().unwrap_or("in a state that nobody tells");
                verdict.add(format!("{name} is {state} on {}", resource.node), || {
                    self.commands.of("verify")
                });
            }
        }

        if of.file_system.kind != FileSystemKind::Failover {
            return;
        }
        for (node, mounted) in &instance.mounted {
            let is_holder = holders.contains(&node);
            if mounted.is_some_and(|mounted| mounted != is_holder) {
                let is = if is_holder { "is not mounted" } else { "is mounted" };
                let but = if is_holder { "is" } else { "is not" };
                let what = format!("{} {is} on {node}, where {group} {but} online", instance.share);
                verdict.add(what, || self.commands.of("verify"));
            }
        }
    }

    fn judge_steps(&self, verdict: &mut Verdict) {
        let Past { done, steps, .. } = self.past;
        let told = format!("{done} of {steps} steps are done");
        if !self.past.begun {
            if let Some(problem) = self.elsewhere.first() {
                let next = problem.remedy.clone().unwrap_or_else(|| self.commands.of("adopt"));
                return verdict.add(problem.what.clone(), || next);
            }
            return verdict
                .add("nothing was installed from here".to_owned(), || self.commands.of("install"));
        }

        match self.past.last_run.as_ref().map(|last| &last.ended) {
            Some(Ended::Undone) => {
                verdict
                    .add("the installation was undone".to_owned(), || self.commands.of("install"));
            }
            _ if self.past.is_whole() => {}
            _ => verdict.add(told, || self.commands.of("resume")),
        }
    }
}

/// What is wrong, and what the most urgent of it asks for.
#[derive(Default)]
struct Verdict {
    problems: Vec<String>,
    next: Option<String>,
}

impl Verdict {
    /// Whether something is said of the resource on the node.
    fn tells_of(&self, resource: &str, node: &NodeName) -> bool {
        let is_it = |problem: &String| {
            problem.contains(&format!("{resource} is ")) && problem.ends_with(&format!("on {node}"))
        };
        self.problems.iter().any(is_it)
    }

    fn add(&mut self, problem: String, next: impl FnOnce() -> String) {
        self.problems.push(problem);
        self.next.get_or_insert_with(next);
    }
}

/// `is_told`: whether any of them is in the cluster, and speaks for it.
fn judge_nodes(nodes: &[NodeStanding], is_told: bool, commands: &Commands, verdict: &mut Verdict) {
    if !is_told && nodes.iter().any(|node| node.answer == Contact::Answers) {
        let what = "no node that answers is in the cluster".to_owned();
        verdict.add(what, || format!("bring the cluster up; then {}", commands.of("status")));
    }

    for node in nodes {
        let name = &node.name;
        let state = node.state.as_deref();
        let is_down = is_told && state.and_then(NodeState::parse) != Some(NodeState::Up);
        let what = match &node.answer {
            Contact::Answers if is_down => format!("the cluster does not say that {name} is up"),
            Contact::Answers => continue,
            Contact::NotAsked => format!("{name} was not asked"),
            Contact::Awaited => format!("{name} has not answered yet"),
            Contact::Silent => format!("{name} is silent"),
            Contact::Unreachable { .. } => format!("{name} cannot be reached"),
        };
        verdict.add(what, || match node.answer {
            Contact::NotAsked => commands.of("status"),
            Contact::Awaited => format!("wait for {name}"),
            _ => format!("see to {name}; then {}", commands.of("check")),
        });
    }
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
}

impl ResourceStanding {
    /// Whether it is up, as far as the cluster knows.
    pub fn is_up(&self) -> bool {
        self.state.as_deref().map(|s| ResourceState::parse(s).meaning()) == Some(Meaning::Up)
    }
}
