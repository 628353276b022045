//! The least that has to be brought down for a change of version, and how it comes up again.

use super::{Action, Found, FoundGroup, FoundResource};
use crate::resource_type::Tunability;

/// Actions that bring resources to the state that each needs, from the states found: what depends
/// on a resource before it.
pub fn lowered(found: &Found, needs: &[(String, Tunability)]) -> Vec<Action> {
    let resources = needs.iter().filter_map(|(name, when)| Some((found.resource(name)?, *when)));
    let needed: Vec<(&FoundResource, Tunability)> = resources.collect();
    let unmanaged: Vec<&FoundGroup> = found
        .groups
        .iter()
        .filter(|group| {
            let own = |(r, when): &(&FoundResource, Tunability)| {
                *when == Tunability::WhenUnmanaged && r.group == group.name
            };
            group.managed && needed.iter().any(own)
        })
        .collect();

    let disabled = disabled(found, &needed, &unmanaged);
    let mut actions = Vec::new();
    for (resource, when) in &needed {
        let watched = resource.monitored && !resource.up.is_empty();
        let goes = disabled.contains(&resource.name);
        if *when == Tunability::WhenUnmonitored && watched && !goes {
            actions.push(Action::Monitor { resource: resource.name.clone(), on: false });
        }
    }
    for resource in found.in_order(&disabled).into_iter().rev() {
        let nodes = found.group(&resource.group).map(|g| g.nodes.clone()).unwrap_or_default();
        actions.push(Action::Disable { resource: resource.name.clone(), nodes });
    }
    for group in unmanaged {
        let (name, nodes) = (group.name.clone(), group.nodes.clone());
        actions.push(Action::Offline { group: name.clone(), nodes: nodes.clone() });
        actions.push(Action::Unmanage { group: name, nodes });
    }
    actions
}

/// Names of the resources that are disabled for it.
fn disabled(
    found: &Found,
    needed: &[(&FoundResource, Tunability)],
    unmanaged: &[&FoundGroup],
) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut add = |resource: &FoundResource| {
        if resource.enabled && !names.contains(&resource.name) {
            names.push(resource.name.clone());
        }
    };
    for (resource, when) in needed {
        let managed = found.group(&resource.group).is_some_and(|group| group.managed);
        let goes = match when {
            Tunability::Anytime | Tunability::WhenUnmonitored => false,
            Tunability::WhenOffline => managed && !resource.up.is_empty(),
            Tunability::WhenDisabled | Tunability::AtCreation => true,
            // All of the group, below.
            Tunability::WhenUnmanaged => false,
        };
        if goes {
            add(resource);
        }
    }
    for resource in &found.resources {
        if unmanaged.iter().any(|group| group.name == resource.group) {
            add(resource);
        }
    }

    let dependents: Vec<String> = found.dependents(&names).iter().map(|r| r.name.clone()).collect();
    names.extend(dependents);
    names
}

/// The states before the actions, from there or from any state below.
pub fn restored(found: &Found, actions: &[Action]) -> Vec<Action> {
    let mut up = Vec::new();

    for action in actions {
        if let Action::Unmanage { group, nodes } = action
            && let Some(before) = found.group(group)
        {
            let group = group.clone();
            up.push(Action::Manage { group: group.clone(), nodes: nodes.clone() });
            // Whether a group that is managed again goes online by itself is not known.
            up.push(if before.online.is_empty() {
                Action::Offline { group, nodes: nodes.clone() }
            } else {
                Action::Online { group, on: before.online.clone() }
            });
        }
    }

    for action in actions {
        if let Action::Monitor { resource, .. } = action {
            up.push(Action::Monitor { resource: resource.clone(), on: true });
        }
    }

    let named = |action: &Action| match action {
        Action::Disable { resource, .. } => Some(resource.clone()),
        _ => None,
    };
    let names: Vec<String> = actions.iter().filter_map(named).collect();

    for resource in found.in_order(&names) {
        up.push(Action::Enable { resource: resource.name.clone(), up: resource.up.clone() });
    }
    up
}

/// What users notice of the actions, in sentences.
pub fn outage(found: &Found, actions: &[Action]) -> Vec<String> {
    let mut told = Vec::new();
    for action in actions {
        match action {
            Action::Monitor { resource, .. } => {
                told.push(format!("{resource} runs on, and nobody watches it meanwhile"));
            }
            Action::Disable { resource, .. } => {
                let up = found.resource(resource).map(|r| r.up.as_slice()).unwrap_or_default();
                if !up.is_empty() {
                    let on: Vec<&str> = up.iter().map(|node| node.as_str()).collect();
                    told.push(format!("{resource} is stopped on {}", on.join(", ")));
                }
            }
            Action::Unmanage { group, .. } => {
                told.push(format!("group {group} is unmanaged: it does not fail over meanwhile"));
            }
            _ => {}
        }
    }
    told
}
