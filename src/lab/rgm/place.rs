//! Bringing groups and resources up and down on one node: the methods and the states they leave.

use crate::lab::rgm::agent::Agent;
use crate::lab::rgm::order::start_order;
use crate::lab::rgm::{calendar, log, method, network, storage};
use crate::lab::syslogd::agent_says;
use crate::lab::world::World;
use crate::lab::{Fault, GroupState, Interruption, Oddity, Resource, ResourceState};
use crate::node::NodeName;
use crate::resource_type::Method;

/// Brings a managed group online, trying the other nodes in the order of the list when it fails on
/// the first.
///
/// Assumption: a start failure relocates the group once round its node list and then leaves it
/// ONLINE_FAULTED on the first node tried (Failover_mode=SOFT as most agents declare; the default
/// of these types could not be read). Seen on a real cluster: the other nodes are tried, and where
/// the first is asked for in vain the group comes back online on the one that it was on. There it
/// rests on the last node tried.
pub(crate) fn bring_online(
    world: &mut World<'_>,
    group: &str,
    first: &NodeName,
) -> Result<(), String> {
    let Some(nodes) = world.cluster.group(group).map(|g| g.nodes.clone()) else { return Ok(()) };
    let start = nodes.iter().position(|n| n == first).unwrap_or(0);
    let mut why = None;
    for node in nodes[start..].iter().chain(&nodes[..start]) {
        if !world.cluster.is_up(node) {
            continue;
        }
        match start_group(world, group, node) {
            // Up, but not where it was asked for: who asked hears why.
            Ok(()) => return why.map_or(Ok(()), Err),
            Err(text) => {
                why.get_or_insert(text);
                stop_group(world, group, node)?;
            }
        }
    }

    let Some(why) = why else { return Err(format!("{group}: no node of its list is up")) };

    // Everything that starts stays up where the operator wanted it.
    let _ = start_group(world, group, first);
    Err(why)
}

/// Starts the enabled resources of a group on one node.
pub(crate) fn start_group(
    world: &mut World<'_>,
    group: &str,
    node: &NodeName,
) -> Result<(), String> {
    let pending = world
        .cluster
        .faults
        .iter()
        .any(|f| matches!(f, Fault::StaysPending { group: g } if g == group));
    if pending {
        // Assumption: the command that asked for it returns; who waits sees the state.
        waits(world, group, node);
        return Ok(());
    }

    set(world, group, node, GroupState::Online);
    let mut failure = Ok(());
    for resource in start_order(world.cluster, group) {
        if let Err(why) = start_resource(world, &resource, node) {
            set(world, group, node, GroupState::OnlineFaulted);
            failure = failure.and(Err(why));
        }
    }

    failure
}

/// The group goes on waiting, in the words of the release.
fn waits(world: &mut World<'_>, group: &str, node: &NodeName) {
    let says_more = world.cluster.personality.has(Oddity::WaitingSaysMore);
    let state = match says_more {
        true => GroupState::PendingOnlineBlocked,
        false => GroupState::PendingOnline,
    };
    set(world, group, node, state);
    log::waits(world, group, node, state.word());
    if !says_more {
        return;
    }
    for resource in world.cluster.resources.iter_mut() {
        let to_start = resource.enabled && !resource.state(node).is_started();
        if resource.group == group && to_start {
            resource.set(node, ResourceState::Starting, "Unknown", "Starting");
        }
    }
}

fn set(world: &mut World<'_>, group: &str, node: &NodeName, state: GroupState) {
    if let Some(g) = world.cluster.group_mut(group) {
        g.set(node, state);
    }
}

/// Starts one resource unless it is disabled, started already, or waits for one that is not up.
pub(crate) fn start_resource(
    world: &mut World<'_>,
    name: &str,
    node: &NodeName,
) -> Result<(), String> {
    let Some(resource) = world.cluster.resource(name).cloned() else { return Ok(()) };
    if !resource.enabled || resource.state(node).is_started() {
        return Ok(());
    }

    // A dependent of something that did not start stays down itself (2.3).
    let waits = resource.depends_on().any(|d| {
        world.cluster.resource(d).is_some_and(|r| !r.states.values().any(|s| s.is_started()))
    });
    if waits {
        return Ok(());
    }

    let agent = Agent::of(&resource.type_name);
    let result = run_start(world, &resource, node);
    let socket = match agent {
        Agent::Calendar => calendar::socket(world, node, name),
        _ => None,
    };

    let Some(r) = world.cluster.resource_mut(name) else { return Ok(()) };
    match result {
        Ok(()) => {
            let state =
                if r.monitored { ResourceState::Online } else { ResourceState::OnlineNotMonitored };
            r.set(node, state, "Online", up_text(agent));
            r.listens.extend(socket.map(|at| (node.clone(), at)));
            Ok(())
        }
        Err(why) => {
            let state = ResourceState::StartFailed;
            r.set(node, state, "Faulted", &why);
            let method = match agent {
                Agent::HaStoragePlus => Method::PrenetStart,
                _ => Method::Start,
            };
            // The calendar agent has said it already.
            let own = Some(why.as_str()).filter(|_| agent != Agent::Calendar);
            log::failed(world, &resource, node, method, state, own);
            Err(format!("{name}: {why}"))
        }
    }
}

/// Runs the start methods of a resource, unless a fault has them fail or their files are missing.
fn run_start(world: &mut World<'_>, resource: &Resource, node: &NodeName) -> Result<(), String> {
    let name = &resource.name;
    let told_to_fail = world.cluster.faults.iter().any(|fault| match fault {
        Fault::StartFails { resource, host } => {
            resource == name && host.as_ref().is_none_or(|h| h == node)
        }
        _ => false,
    });
    if told_to_fail {
        return Err("the start method failed".into());
    }

    method::present(world, resource, node, &[Method::PrenetStart, Method::Start])?;
    match Agent::of(&resource.type_name) {
        Agent::LogicalHostname | Agent::SharedAddress => {
            start_address(world, resource.extension("HostnameList"), node)
        }
        Agent::HaStoragePlus => resource
            .extension("FilesystemMountPoints")
            .iter()
            .try_for_each(|point| storage::mount(world, node, point)),
        Agent::Calendar => {
            let result = calendar::start(world, node, name);
            say_start(world, node, resource, result.as_ref().err());
            result
        }
        Agent::Other => Ok(()),
    }
}

/// What the agent's start method writes (6.10, with the resource that it runs for: E63).
fn say_start(world: &mut World<'_>, node: &NodeName, resource: &Resource, failed: Option<&String>) {
    let tag = format!("SC[SUNW.scics,{},{},ics_svc_start]", resource.group, resource.name);
    let root = resource.extension("ICS_serverroot").join(",");
    for (id, level, text) in [
        (831_728, "debug", "Groupname icsgroup exists.".to_owned()),
        (383_726, "debug", "Username icsuser icsgroup".to_owned()),
        (244_341, "debug", format!("ICS_serverroot = {root}")),
        (
            833_212,
            "info",
            "Attempting to start the data service under process monitor facility.".to_owned(),
        ),
    ] {
        agent_says(world, node, &tag, id, level, &text);
    }
    if let Some(why) = failed {
        agent_says(world, node, &tag, 855_581, "err", why);
    }
}

fn start_address(world: &mut World<'_>, names: &[String], node: &NodeName) -> Result<(), String> {
    for name in names {
        let address = network::resolve(world, node, name);
        let address = address.ok_or_else(|| format!("cannot resolve {name}"))?;
        // Assumption: the method looks for a machine that has the address, and fails where one has.
        if network::is_taken(world, node, address) {
            return Err(format!("{name}: another machine answers on {address}"));
        }
    }
    Ok(())
}

/// Status messages as 4.x samples print them; the calendar agent's own text is an assumption.
fn up_text(agent: Agent) -> &'static str {
    match agent {
        Agent::LogicalHostname => "LogicalHostname online.",
        Agent::SharedAddress => "SharedAddress online.",
        Agent::Calendar => "Service is online.",
        Agent::HaStoragePlus | Agent::Other => "",
    }
}

/// Stops the resources of a group on one node, dependents first.
pub(crate) fn stop_group(
    world: &mut World<'_>,
    group: &str,
    node: &NodeName,
) -> Result<(), String> {
    let mut failure = Ok(());
    for resource in start_order(world.cluster, group).into_iter().rev() {
        failure = failure.and(stop_resource(world, &resource, node));
        if failure.is_err() {
            break;
        }
    }
    let state = match &failure {
        Ok(()) => GroupState::Offline,
        Err(_) => not_stopped(world, group),
    };
    set(world, group, node, state);
    failure
}

/// The state of a group of which a resource has not stopped.
pub(crate) fn not_stopped(world: &World<'_>, group: &str) -> GroupState {
    let lasts = |fault: &Fault| match fault {
        Fault::StaysStopping { resource } => {
            world.cluster.resource(resource).is_some_and(|r| r.group == group)
        }
        _ => false,
    };
    match world.cluster.faults.iter().any(lasts) {
        true => GroupState::PendingOffline,
        false => GroupState::ErrorStopFailed,
    }
}

/// Stops one resource; a failing stop method leaves STOP_FAILED.
pub(crate) fn stop_resource(
    world: &mut World<'_>,
    name: &str,
    node: &NodeName,
) -> Result<(), String> {
    let Some(resource) = world.cluster.resource(name).cloned() else { return Ok(()) };
    if resource.state(node) == ResourceState::Offline {
        return Ok(());
    }
    if resource.state(node) == ResourceState::StopFailed {
        return Err(format!("{name}: STOP_FAILED on {node}"));
    }

    let fault = world
        .cluster
        .faults
        .iter()
        .position(|f| matches!(f, Fault::StopFails { resource: r } if r == name));
    let there = method::present(world, &resource, node, &[Method::Stop, Method::PostnetStop]);
    if fault.is_some() || there.is_err() {
        if let Some(at) = fault {
            world.cluster.faults.remove(at);
        }
        return Err(stop_failed(world, &resource, node, there.err().as_deref()));
    }

    let agent = Agent::of(&resource.type_name);
    if agent == Agent::Calendar && resource.state(node).is_started() {
        let interruption = Interruption { service: name.to_owned(), node: node.clone() };
        world.cluster.interruptions.push(interruption);
    }

    let stays = |f: &Fault| matches!(f, Fault::StaysStopping { resource: r } if r == name);
    if world.cluster.faults.iter().any(stays) {
        // Assumption: the command that asked for it gives up first; who waits sees the state.
        let says_more = world.cluster.personality.has(Oddity::WaitingSaysMore);
        if let Some(r) = world.cluster.resource_mut(name).filter(|_| says_more) {
            r.set(node, ResourceState::Stopping, "Unknown", "Stopping");
        }
        log::timed_out(world, &resource, node, Method::Stop);
        return Err(format!("{name}: the stop method has not ended on {node}"));
    }

    // A start that failed half way may have mounted some of them: its postnet_stop takes those away
    // too.
    if agent == Agent::HaStoragePlus {
        for point in resource.extension("FilesystemMountPoints") {
            storage::unmount(world, node, point, false);
        }
    }

    if let Some(r) = world.cluster.resource_mut(name) {
        let text = if agent == Agent::LogicalHostname { "LogicalHostname offline." } else { "" };
        r.set(node, ResourceState::Offline, "Offline", text);
    }

    Ok(())
}

/// The stop method has failed, for what it found wrong itself, if it ran at all.
fn stop_failed(
    world: &mut World<'_>,
    resource: &Resource,
    node: &NodeName,
    why: Option<&str>,
) -> String {
    let (name, state) = (&resource.name, ResourceState::StopFailed);
    if let Some(r) = world.cluster.resource_mut(name) {
        r.set(node, state, "Faulted", "Stop failed.");
    }
    log::failed(world, resource, node, Method::Stop, state, why);
    format!("{name}: the stop method failed on {node}")
}

/// A node is gone: nothing was stopped there in order, it just is no more.
pub(crate) fn forget(world: &mut World<'_>, node: &NodeName) {
    for r in &mut world.cluster.resources {
        r.states.remove(node);
        r.status.remove(node);
        r.listens.remove(node);
    }
    for g in &mut world.cluster.groups {
        g.states.remove(node);
    }
    world.cluster.mounts.retain(|m| m.host != *node);
    world.write_mnttab();
}
