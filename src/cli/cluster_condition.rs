//! How the cluster stands, as its first member that can be reached tells it: nodes, groups and
//! resources. A member that cannot be reached is named by who connects; the others know of it.

use std::fmt::Write as _;

use crate::cluster::queries;
use crate::engine::{Commands, Stop, look_at_all};
use crate::guide::Guide;
use crate::host::{Hosts, views};
use crate::node::{Command, HostError, Inspect, NodeName};
use crate::problem::{Problem, codes};
use crate::setting::{Instance, Resolved};
use crate::step::{GroupCondition, Views};

/// What the cluster says of nodes and instances; nothing where none of its members is connected.
///
/// # Errors
/// A line that was lost meanwhile.
pub fn told(
    resolved: &Resolved,
    guide: &Guide,
    commands: &Commands,
    hosts: &Hosts<'_>,
) -> Result<String, Stop> {
    look_at_all(&views(hosts), |hosts| of_cluster(resolved, guide, commands, hosts))
        .unwrap_or_else(|(_, error)| Err(error))
        .map_err(|error| lost(&error))
}

fn lost(error: &HostError) -> Stop {
    Stop::Unreachable(Problem::new(codes::HOST_UNREACHABLE, error.to_string()))
}

fn of_cluster(
    resolved: &Resolved,
    guide: &Guide,
    commands: &Commands,
    hosts: &Views<'_>,
) -> Result<String, HostError> {
    let mut out = String::new();
    // Writing into a String cannot fail, here and below.
    let profile = commands.arguments();
    let nodes = &resolved.settings.cluster.nodes;
    let Some(asked) = in_cluster(nodes, hosts)? else { return Ok(out) };
    for node in nodes {
        let state = word(asked, &queries::node_state(node))?;
        let _ = writeln!(out, "node     {node} {state}");
    }

    for instance in &resolved.settings.instances {
        out.push_str(&of_instance(instance, asked, hosts)?);
        if let Some(remedy) = GroupCondition::read(asked, &instance.resource_group)?.remedy() {
            let _ = writeln!(out, "  next     {}", guide.remedy(remedy).typed(&profile));
        }
    }
    Ok(out)
}

/// The first member that is in the cluster, or else the first that is connected: a node that has
/// left the cluster knows nothing of it.
fn in_cluster<'h>(
    nodes: &[NodeName],
    hosts: &Views<'h>,
) -> Result<Option<&'h dyn Inspect>, HostError> {
    let connected: Vec<&'h dyn Inspect> =
        nodes.iter().filter_map(|node| hosts.get(node).copied()).collect();
    for host in &connected {
        if host.query(&queries::local_node())?.success() {
            return Ok(Some(*host));
        }
    }
    Ok(connected.first().copied())
}

/// The group of an instance and its resources, on each of its nodes.
fn of_instance(
    instance: &Instance,
    asked: &dyn Inspect,
    hosts: &Views<'_>,
) -> Result<String, HostError> {
    let group = &instance.resource_group;
    let mut out = format!(
        "instance {} ({}, {})\n",
        instance.name, instance.logical_host.fqdn, instance.logical_host.address
    );
    for node in &instance.nodes {
        let state = word(asked, &queries::group_state(group, node))?;
        let mounted = match hosts.get(node) {
            Some(host) if host.mounted(&instance.share_dir)? => {
                format!(", {} mounted", instance.share_dir)
            }
            _ => String::new(),
        };
        let _ = writeln!(out, "  group    {group:<16} {node:<12} {state}{mounted}");
    }

    for resource in
        [&instance.logical_host.resource, &instance.hasp_resource, &instance.service_resource]
    {
        let switch = word(asked, &queries::switch(resource))?;
        for node in &instance.nodes {
            let query = queries::resource_state(resource, node);
            let state = word(asked, &query)?;
            let _ = writeln!(out, "  resource {resource:<16} {node:<12} {state} {switch}");
        }
    }
    Ok(out)
}

/// The first word that the command prints; "absent" when it fails.
fn word(host: &dyn Inspect, command: &Command) -> Result<String, HostError> {
    let output = host.query(command)?;
    let first = output.text().lines().next().unwrap_or_default().trim().to_owned();
    Ok(if output.success() && !first.is_empty() { first } else { "absent".into() })
}
