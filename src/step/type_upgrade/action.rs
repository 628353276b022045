//! What brings a resource or a group to a state in an upgrade, and how that is seen: the command
//! of an action, and the checks that it holds or never will. Which actions a wave has, and in
//! which order, the plan says.

use crate::cluster::{GroupState, ResourceState, Switch, commands, queries};
use crate::node::{Command, NodeName};
use crate::op::Check;
use crate::step::Site;
use crate::type_upgrade::Action;

fn all(nodes: &[NodeName], check: impl Fn(&NodeName) -> Check) -> Check {
    Check::All(nodes.iter().map(check).collect())
}

fn group_is(group: &str, node: &NodeName, state: &GroupState) -> Check {
    let command = queries::group_state(group, node);
    Check::Prints { command, text: state.word().to_owned() }
}

impl Action {
    /// The command that brings it about.
    pub fn command(&self) -> Command {
        match self {
            Self::Monitor { resource, on } => commands::watch(resource, *on),
            Self::Disable { resource, .. } => commands::disable(resource),
            Self::Enable { resource, .. } => commands::enable(resource),
            Self::Offline { group, .. } => commands::take_offline(group),
            Self::Online { group, on } => commands::switch_to(group, on),
            Self::Unmanage { group, .. } => commands::unmanage(group),
            Self::Manage { group, .. } => commands::manage(group),
        }
    }

    /// Holds when it has been brought about.
    pub fn holds(&self) -> Check {
        match self {
            Self::Monitor { resource, on } => {
                let switch = if *on { Switch::Enabled } else { Switch::Disabled };
                let command = queries::monitor_switch(resource);
                Check::Prints { command, text: switch.word().to_owned() }
            }

            Self::Disable { resource, nodes } => Check::Any(vec![
                Check::All(vec![
                    Site::switch_is(resource, Switch::Disabled),
                    all(nodes, |node| Site::resource_is(resource, node, &[ResourceState::Offline])),
                ]),
                Site::is_gone(resource),
            ]),

            Self::Enable { resource, up } => Check::All(vec![
                Site::switch_is(resource, Switch::Enabled),
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
                let command = queries::group_state(group, node);
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
