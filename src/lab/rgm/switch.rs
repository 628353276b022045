//! What the forms of scswitch(1M) do to groups and resources, and when they refuse. How one group
//! or resource comes up or down on a node is in `place`; the command line is read in
//! `cluster_command`.

use crate::lab::refusal::Refusal;
use crate::lab::rgm::order::{enabled_dependents, start_order};
use crate::lab::rgm::place::{
    bring_online, not_stopped, start_resource, stop_group, stop_resource,
};
use crate::lab::rgm::reconfigure::preferred;
use crate::lab::world::World;
use crate::lab::{GroupState, Oddity, ResourceState};
use crate::node::NodeName;

fn method(why: String) -> Refusal {
    Refusal::new(10, why)
}

fn group_state(
    world: &World<'_>,
    name: &str,
) -> Result<(bool, Option<(NodeName, GroupState)>), Refusal> {
    let group = world
        .cluster
        .group(name)
        .ok_or_else(|| Refusal::new(12, format!("{name}: no such resource group")))?;
    let place = group.place().map(|n| (n.clone(), group.state(&n)));
    Ok((group.managed, place))
}

fn not_stuck(world: &World<'_>, name: &str) -> Result<(), Refusal> {
    match group_state(world, name)?.1 {
        Some((node, GroupState::ErrorStopFailed)) => {
            Err(Refusal::new(9, format!("{name}: ERROR_STOP_FAILED on {node}; clear it first")))
        }
        _ => Ok(()),
    }
}

/// `-Z -g`: manage, enable every resource and monitor, bring online on the most preferred node.
pub(crate) fn bring_up(world: &mut World<'_>, group: &str) -> Result<(), Refusal> {
    not_stuck(world, group)?;
    if let Some(g) = world.cluster.group_mut(group) {
        g.managed = true;
    }
    for r in world.cluster.resources.iter_mut().filter(|r| r.group == group) {
        r.enabled = true;
        r.monitored = true;
        for state in r.states.values_mut().filter(|s| **s == ResourceState::OnlineNotMonitored) {
            *state = ResourceState::Online;
        }
    }
    let node = match group_state(world, group)?.1 {
        Some((node, GroupState::Online)) => {
            // Already up somewhere: it stays there and what was disabled is started.
            return start_all(world, group, &node);
        }
        Some((node, _)) => node,
        None => preferred(world, group)
            .ok_or_else(|| Refusal::new(11, format!("{group}: no node of its list is up")))?,
    };
    bring_online(world, group, &node).map_err(method)
}

fn start_all(world: &mut World<'_>, group: &str, node: &NodeName) -> Result<(), Refusal> {
    let mut result = Ok(());
    for name in start_order(world.cluster, group) {
        if let Err(why) = start_resource(world, &name, node) {
            faulted(world, group, node);
            result = result.and(Err(method(why)));
        }
    }
    result
}

fn faulted(world: &mut World<'_>, group: &str, node: &NodeName) {
    if let Some(g) = world.cluster.group_mut(group) {
        g.set(node, GroupState::OnlineFaulted);
    }
}

/// `-z -g [-h]`: a managed group goes to the node; `None` = the most preferred. It enables nothing.
pub(crate) fn switch_to(
    world: &mut World<'_>,
    group: &str,
    node: Option<&NodeName>,
) -> Result<(), Refusal> {
    let (managed, place) = group_state(world, group)?;
    if !managed {
        return Err(Refusal::new(9, format!("{group}: the resource group is unmanaged")));
    }

    not_stuck(world, group)?;
    let goal = match node {
        Some(n) => {
            let listed = world.cluster.group(group).is_some_and(|g| g.nodes.contains(n));
            if !listed {
                return Err(Refusal::new(11, format!("{n}: not in the node list of {group}")));
            }
            if !world.cluster.is_up(n) {
                return Err(Refusal::new(11, format!("{n}: the node is not in the cluster")));
            }
            n.clone()
        }
        None => preferred(world, group)
            .ok_or_else(|| Refusal::new(11, format!("{group}: no node of its list is up")))?,
    };

    match place {
        Some((at, GroupState::Online)) if at == goal => return Ok(()),
        Some((at, _)) => stop_group(world, group, &at).map_err(method)?,
        None => {}
    }

    bring_online(world, group, &goal).map_err(method)
}

/// `-F -g`: offline everywhere; it stays managed and its resources stay enabled.
pub(crate) fn take_offline(world: &mut World<'_>, group: &str) -> Result<(), Refusal> {
    not_stuck(world, group)?;
    match group_state(world, group)?.1 {
        Some((node, _)) => stop_group(world, group, &node).map_err(method),
        None => Ok(()),
    }
}

/// `-R -h -g`: off and on again where it is.
pub(crate) fn restart(world: &mut World<'_>, group: &str, node: &NodeName) -> Result<(), Refusal> {
    not_stuck(world, group)?;
    match group_state(world, group)?.1 {
        Some((at, _)) if at == *node => {
            stop_group(world, group, node).map_err(method)?;
            bring_online(world, group, node).map_err(method)
        }
        _ => Err(Refusal::new(9, format!("{group}: not online on {node}"))),
    }
}

/// `-u` and `-o`: out of management (offline, everything disabled) and into it.
///
/// Whether `-o` leaves the group offline is played both ways.
pub(crate) fn manage(world: &mut World<'_>, group: &str, managed: bool) -> Result<(), Refusal> {
    let (is, place) = group_state(world, group)?;
    if !managed && is {
        if place.is_some() {
            return Err(Refusal::new(9, format!("{group}: the resource group is not offline")));
        }
        if let Some(r) = world.cluster.resources.iter().find(|r| r.group == group && r.enabled) {
            return Err(Refusal::new(9, format!("{group}: resource {} is enabled", r.name)));
        }
    }
    if let Some(g) = world.cluster.group_mut(group) {
        g.managed = managed;
    }
    if managed && !is && world.cluster.personality.has(Oddity::ManageBringsOnline) {
        return switch_to(world, group, None);
    }
    Ok(())
}

/// `-e` and `-n`: resources on and off, in an order that fits their dependencies.
pub(crate) fn enable(world: &mut World<'_>, list: &[String], on: bool) -> Result<(), Refusal> {
    exist(world, list)?;
    if on { enable_all(world, list) } else { disable_all(world, list) }
}

fn exist(world: &World<'_>, list: &[String]) -> Result<(), Refusal> {
    match list.iter().find(|n| world.cluster.resource(n).is_none()) {
        Some(missing) => Err(Refusal::new(14, format!("{missing}: no such resource"))),
        None => Ok(()),
    }
}

/// Assumption: enabling a resource is refused while one it depends on is disabled.
fn enable_all(world: &mut World<'_>, list: &[String]) -> Result<(), Refusal> {
    for name in list {
        let blocked = world.cluster.resource(name).and_then(|r| {
            r.depends_on()
                .find(|d| {
                    !list.contains(d) && world.cluster.resource(d).is_some_and(|x| !x.enabled)
                })
                .cloned()
        });
        if let Some(d) = blocked {
            return Err(Refusal::new(8, format!("{name}: depends on {d}, which is disabled")));
        }
    }

    let groups: Vec<String> = groups_of(world, list);
    for r in world.cluster.resources.iter_mut().filter(|r| list.contains(&r.name)) {
        r.enabled = true;
    }

    let mut result = Ok(());
    for group in groups {
        let Some((node, state)) = group_state(world, &group)?.1 else { continue };
        if !matches!(state, GroupState::Online | GroupState::OnlineFaulted) {
            continue;
        }
        for name in start_order(world.cluster, &group).into_iter().filter(|n| list.contains(n)) {
            if let Err(why) = start_resource(world, &name, &node) {
                faulted(world, &group, &node);
                result = result.and(Err(method(why)));
            }
        }
        heal(world, &group, &node);
    }

    result
}

/// A group is ONLINE again when no resource of it is in START_FAILED any more.
fn heal(world: &mut World<'_>, group: &str, node: &NodeName) {
    let bad = world
        .cluster
        .resources
        .iter()
        .any(|r| r.group == group && r.state(node) == ResourceState::StartFailed);
    if let Some(g) = world.cluster.group_mut(group)
        && !bad
        && g.state(node) == GroupState::OnlineFaulted
    {
        g.set(node, GroupState::Online);
    }
}

fn groups_of(world: &World<'_>, list: &[String]) -> Vec<String> {
    let mut groups: Vec<String> =
        list.iter().filter_map(|n| world.cluster.resource(n)).map(|r| r.group.clone()).collect();
    groups.sort();
    groups.dedup();
    groups
}

fn disable_all(world: &mut World<'_>, list: &[String]) -> Result<(), Refusal> {
    if let Some(dependent) = enabled_dependents(world.cluster, list).first() {
        return Err(Refusal::new(
            8,
            format!("{dependent} is enabled and depends on a resource of the list"),
        ));
    }

    let switch_first = world.cluster.personality.has(Oddity::SwitchBeforeStop);
    for group in groups_of(world, list) {
        let place = group_state(world, &group)?.1;
        for name in
            start_order(world.cluster, &group).into_iter().rev().filter(|n| list.contains(n))
        {
            if switch_first && let Some(r) = world.cluster.resource_mut(&name) {
                r.enabled = false;
            }
            if let Some((node, _)) = &place
                && let Err(why) = stop_resource(world, &name, node)
            {
                let state = not_stopped(world, &group);
                if let Some(g) = world.cluster.group_mut(&group) {
                    g.set(node, state);
                }
                return Err(method(why));
            }
            if let Some(r) = world.cluster.resource_mut(&name) {
                r.enabled = false;
            }
        }
        if let Some((node, _)) = &place {
            heal(world, &group, node);
        }
    }

    Ok(())
}

/// `-e -M` and `-n -M`: only the monitors.
pub(crate) fn monitor(world: &mut World<'_>, list: &[String], on: bool) -> Result<(), Refusal> {
    exist(world, list)?;
    for r in world.cluster.resources.iter_mut().filter(|r| list.contains(&r.name)) {
        r.monitored = on;
        for state in r.states.values_mut() {
            *state = match (*state, on) {
                (ResourceState::OnlineNotMonitored, true) => ResourceState::Online,
                (ResourceState::Online, false) => ResourceState::OnlineNotMonitored,
                (other, _) => other,
            };
        }
    }
    Ok(())
}

/// `-c -f STOP_FAILED`: the operator has looked; the resource is offline there.
pub(crate) fn clear(
    world: &mut World<'_>,
    list: &[String],
    nodes: &[NodeName],
) -> Result<(), Refusal> {
    exist(world, list)?;
    for (name, node) in list.iter().flat_map(|r| nodes.iter().map(move |n| (r, n))) {
        if world.cluster.resource(name).is_some_and(|r| r.state(node) != ResourceState::StopFailed)
        {
            return Err(Refusal::new(9, format!("{name}: not in STOP_FAILED on {node}")));
        }
    }

    for (name, node) in list.iter().flat_map(|r| nodes.iter().map(move |n| (r, n))) {
        let points = match world.cluster.resource_mut(name) {
            Some(r) => {
                r.set(node, ResourceState::Offline, "Offline", "");
                r.extension("FilesystemMountPoints").to_vec()
            }
            None => continue,
        };
        for point in points {
            super::storage::unmount(world, node, &point, false);
        }
        let group = world.cluster.resource(name).map(|r| r.group.clone()).unwrap_or_default();
        let others = world
            .cluster
            .resources
            .iter()
            .any(|r| r.group == group && r.state(node) == ResourceState::StopFailed);
        let running =
            world.cluster.resources.iter().any(|r| r.group == group && r.state(node).is_started());
        if let (false, Some(g)) = (others, world.cluster.group_mut(&group)) {
            // All flags are cleared: the group leaves ERROR_STOP_FAILED. What still runs keeps it
            // online.
            g.set(node, if running { GroupState::Online } else { GroupState::Offline });
        }
    }

    Ok(())
}

/// `-S -h`: everything away from a node, to the next one of each list.
pub(crate) fn evacuate(world: &mut World<'_>, node: &NodeName) -> Result<(), Refusal> {
    let here = world.cluster.managed_on(node);
    for group in here {
        not_stuck(world, &group)?;
        stop_group(world, &group, node).map_err(method)?;
        let next = world
            .cluster
            .group(&group)
            .and_then(|g| g.nodes.iter().find(|n| *n != node && world.cluster.is_up(n)).cloned());
        if let Some(next) = next {
            bring_online(world, &group, &next).map_err(method)?;
        }
    }
    Ok(())
}
