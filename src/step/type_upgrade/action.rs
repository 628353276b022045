//! What brings a resource or a group to a state in an upgrade, and how that is seen: the command
//! of an action, and the checks that it holds or never will. Which actions a wave has, and in
//! which order, the plan says.

use crate::cluster::{GroupState, ResourceState};
use crate::node::{Command, NodeName};
use crate::op::Check;
use crate::step::Site;
use crate::type_upgrade::Action;

fn all(nodes: &[NodeName], check: impl Fn(&NodeName) -> Check) -> Check {
    Check::All(nodes.iter().map(check).collect())
}

fn switch(tag: &str, resource: &str, word: &str) -> Check {
    Check::Prints { command: Site::resource(tag, resource, &[]), text: word.to_owned() }
}

fn group_is(group: &str, node: &NodeName, state: &GroupState) -> Check {
    let command = Site::group("RG_STATE_NODE", group, &[node.as_str()]);
    Check::Prints { command, text: state.word().to_owned() }
}

/// The cluster answers, and has no such resource: one that is made again is away for a moment.
fn is_gone(resource: &str) -> Check {
    let groups = ["-O", "ALL_RESOURCEGROUPS"];
    let answers = Check::Succeeds(Command::new("/usr/cluster/bin/scha_cluster_get", groups));
    let there = Check::Succeeds(Site::resource("GROUP", resource, &[]));
    Check::All(vec![answers, there.negated()])
}

impl Action {
    /// The command that brings it about.
    pub fn command(&self) -> Command {
        let on =
            |nodes: &[NodeName]| nodes.iter().map(NodeName::as_str).collect::<Vec<_>>().join(",");
        let words: Vec<String> = match self {
            Self::Monitor { resource, on: true } => vec!["-e", "-M", "-j", resource],
            Self::Monitor { resource, on: false } => vec!["-n", "-M", "-j", resource],
            Self::Disable { resource, .. } => vec!["-n", "-j", resource],
            Self::Enable { resource, .. } => vec!["-e", "-j", resource],
            Self::Offline { group, .. } => vec!["-F", "-g", group],
            Self::Online { group, on: nodes } => {
                return Command::new(
                    "/usr/cluster/bin/scswitch",
                    ["-z".to_owned(), "-g".to_owned(), group.clone(), "-h".to_owned(), on(nodes)],
                );
            }
            Self::Unmanage { group, .. } => vec!["-u", "-g", group],
            Self::Manage { group, .. } => vec!["-o", "-g", group],
        }
        .into_iter()
        .map(str::to_owned)
        .collect();
        Command::new("/usr/cluster/bin/scswitch", words)
    }

    /// Holds when it has been brought about.
    pub fn holds(&self) -> Check {
        match self {
            Self::Monitor { resource, on } => {
                switch("MONITORED_SWITCH", resource, if *on { "ENABLED" } else { "DISABLED" })
            }
            Self::Disable { resource, nodes } => Check::Any(vec![
                Check::All(vec![
                    switch("ON_OFF_SWITCH", resource, "DISABLED"),
                    all(nodes, |node| Site::resource_is(resource, node, &[ResourceState::Offline])),
                ]),
                is_gone(resource),
            ]),
            Self::Enable { resource, up } => Check::All(vec![
                switch("ON_OFF_SWITCH", resource, "ENABLED"),
                all(up, |node| Site::resource_is(resource, node, &ResourceState::UP)),
            ]),
            // What is unmanaged is offline too.
            Self::Offline { group, nodes } => all(nodes, |node| {
                let down = GroupState::DOWN.iter().map(|state| group_is(group, node, state));
                Check::Any(down.collect())
            }),
            Self::Online { group, on } => {
                all(on, |node| group_is(group, node, &GroupState::Online))
            }
            Self::Unmanage { group, nodes } => {
                all(nodes, |node| group_is(group, node, &GroupState::Unmanaged))
            }
            // Where it is not even known it is no state at all.
            Self::Manage { group, nodes } => all(nodes, |node| {
                let command = Site::group("RG_STATE_NODE", group, &[node.as_str()]);
                let unmanaged = group_is(group, node, &GroupState::Unmanaged);
                Check::All(vec![Check::Succeeds(command), unmanaged.negated()])
            }),
        }
    }

    /// Ends the waiting for it: one of the resource's methods has failed.
    pub fn hopeless(&self, nodes: &[NodeName]) -> Check {
        match self {
            Self::Disable { resource, .. } | Self::Enable { resource, .. } => {
                let failed =
                    |node: &NodeName| Site::resource_is(resource, node, &ResourceState::FAILED);
                Check::Any(nodes.iter().map(failed).collect())
            }
            Self::Offline { group, .. } | Self::Online { group, .. } => {
                let stuck = |node: &NodeName| {
                    let each = GroupState::HOPELESS.iter().map(|s| group_is(group, node, s));
                    Check::Any(each.collect())
                };
                Check::Any(nodes.iter().map(stuck).collect())
            }
            Self::Monitor { .. } | Self::Unmanage { .. } | Self::Manage { .. } => Check::Never,
        }
    }
}
