//! How a resource group and its resources stand on their nodes, and what is to be typed where one
//! of their methods has failed. It only looks; what the states mean for a step is the step's
//! affair.

use super::{Remedy, query};
use crate::cluster::commands::Subject;
use crate::cluster::{GroupState, Meaning, ResourceState, Switch, commands, queries};
use crate::node::{Command, HostError, Inspect, NodeName};

/// The states of a group and of its resources, as scha_resourcegroup_get(1HA) and
/// scha_resource_get(1HA) tell them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupCondition {
    pub group: String,
    pub states: Vec<(NodeName, String)>,
    /// Each resource on each node.
    pub resources: Vec<(NodeName, String, String)>,
}

/// A resource that its group has not brought up: after a flag was cleared, or what it depends on
/// has failed.
const LEFT_BEHIND: &str = "OFFLINE, though enabled,";

impl GroupCondition {
    /// Asks one node; empty where there is no such group.
    ///
    /// # Errors
    /// As every question to a node.
    pub fn read(host: &dyn Inspect, group: &str) -> Result<Self, HostError> {
        let mut condition = Self { group: group.to_owned(), ..Self::default() };
        let nodes = query::lines(host, &queries::group_nodes(group))?;
        let resources = query::lines(host, &queries::group_resources(group))?;

        for node in nodes.into_iter().filter(|n| !n.is_empty()).map(NodeName) {
            let state = query::first_line(host, &queries::group_state(group, &node))?;
            let online = state.as_deref().map(GroupState::parse).is_some_and(|state| {
                matches!(state, GroupState::Online | GroupState::OnlineFaulted)
            });
            condition.states.extend(state.map(|state| (node.clone(), state)));

            for resource in resources.iter().filter(|r| !r.is_empty()) {
                let command = queries::resource_state(resource, &node);
                let mut state = query::first_line(host, &command)?;
                let down =
                    state.as_deref().map(ResourceState::parse) == Some(ResourceState::Offline);
                if online && down {
                    let switch = queries::switch(resource);
                    if query::first_line(host, &switch)?.as_deref().is_some_and(Switch::is_on) {
                        state = Some(LEFT_BEHIND.to_owned());
                    }
                }

                let told = state.map(|state| (node.clone(), resource.clone(), state));
                condition.resources.extend(told);
            }
        }
        Ok(condition)
    }

    /// The condition of the group that a command of the cluster is about; none for any other
    /// command, and where the group is not there.
    ///
    /// # Errors
    /// As every question to a node.
    pub fn about(host: &dyn Inspect, command: &Command) -> Result<Option<Self>, HostError> {
        let group = match commands::subject(command) {
            Some(Subject::Group(group)) => Some(group),
            Some(Subject::Resource(resource)) => {
                query::first_line(host, &queries::group_of(&resource))?
            }
            None => None,
        };
        let Some(group) = group else { return Ok(None) };
        let condition = Self::read(host, &group)?;
        Ok((!condition.states.is_empty()).then_some(condition))
    }

    /// What is neither up nor down, in sentences: "resource CAL-SVR-RS is STOP_FAILED on Node1".
    pub fn odd(&self) -> Vec<String> {
        let group_rests = |state: &str| GroupState::parse(state).meaning().rests();
        let rests = |state: &str| ResourceState::parse(state).meaning().rests();
        let groups = self.states.iter().filter(|(_, state)| !group_rests(state));
        let resources = self.resources.iter().filter(|(_, _, state)| !rests(state));
        groups
            .map(|(node, state)| format!("group {} is {state} on {node}", self.group))
            .chain(
                resources.map(|(node, resource, state)| {
                    format!("resource {resource} is {state} on {node}")
                }),
            )
            .collect()
    }

    /// What is to be typed, when a method of a resource has failed.
    pub fn remedy(&self) -> Option<Remedy> {
        let failed =
            |word: &'static str| self.resources.iter().filter(move |(_, _, state)| state == word);
        let clear: Vec<String> = failed("STOP_FAILED")
            .map(|(node, resource, _)| commands::clear_stop_failed(resource, node).line())
            .collect();

        if let Some((node, resource, _)) = failed("STOP_FAILED").next() {
            return Some(Remedy {
                first: format!("see that nothing of {resource} runs on {node} any more"),
                logs: vec![messages(node)],
                commands: clear,
                node: Some(node.clone()),
                restart: None,
                stopped: Some(resource.clone()),
            });
        }

        if let Some((node, resource, _)) = failed("START_FAILED").next() {
            return Some(Remedy {
                first: format!("put right why {resource} does not start on {node}"),
                logs: vec![messages(node)],
                commands: vec![self.restart(node)],
                node: Some(node.clone()),
                restart: Some(resource.clone()),
                stopped: None,
            });
        }

        if let Some((node, resource, _)) = failed(LEFT_BEHIND).next() {
            return Some(Remedy {
                first: format!("see why {resource} is down on {node}"),
                logs: vec![messages(node)],
                commands: vec![self.restart(node)],
                node: Some(node.clone()),
                restart: None,
                stopped: None,
            });
        }

        let faulted = self.states.iter().find(|(_, state)| state == "ONLINE_FAULTED");
        faulted.map(|(node, _)| Remedy {
            first: format!("put right why {} is not online on {node}", self.group),
            logs: vec![messages(node)],
            commands: vec![self.restart(node)],
            node: Some(node.clone()),
            restart: None,
            stopped: None,
        })
    }

    /// Where a group is, and what is to be read, when it did not come to a node: the cluster has
    /// put it back where it was, so that nothing of the failure is left in its states.
    pub fn not_moved(&self, to: &NodeName) -> (Vec<String>, Remedy) {
        let is_up = |state: &str| GroupState::parse(state).meaning() == Meaning::Up;
        let up = self.states.iter().filter(|(_, state)| is_up(state));
        let stands: Vec<String> =
            up.map(|(node, state)| format!("group {} is {state} on {node}", self.group)).collect();
        let nowhere = || vec![format!("group {} is online nowhere", self.group)];
        let first = format!(
            "put right why {} did not come online on {to} (calha explain START_FAILED)",
            self.group
        );
        let remedy = Remedy { first, logs: vec![messages(to)], ..Remedy::default() };
        (if stands.is_empty() { nowhere() } else { stands }, remedy)
    }

    /// What is odd and what is to be typed, in one line; empty where all is at rest.
    pub fn told(&self) -> String {
        let odd = self.odd().join(", ");
        match self.remedy() {
            Some(remedy) => format!("{odd} ({})", remedy.told()),
            None => odd,
        }
    }

    fn restart(&self, node: &NodeName) -> String {
        commands::restart_group(&self.group, node).line()
    }
}

fn messages(node: &NodeName) -> String {
    format!("/var/adm/messages on {node}")
}
