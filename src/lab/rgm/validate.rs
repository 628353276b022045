//! The Validate method of every simulated agent, on every node that can master the group. It
//! changes nothing: the command that asked goes on or refuses. What the calendar agent checks is
//! in `calendar`.

use crate::lab::refusal::Refusal;
use crate::lab::rgm::agent::Agent;
use crate::lab::rgm::{calendar, method, network};
use crate::lab::world::World;
use crate::lab::{Fault, GroupState, Resource};
use crate::node::NodeName;
use crate::resource_type::Method;

/// Runs the VALIDATE method of a resource on every node that can master its group and is up.
///
/// Assumption: a node that is down is skipped; the others decide.
pub(crate) fn validate(world: &mut World<'_>, resource: &Resource) -> Result<(), Refusal> {
    let nodes = world.cluster.group(&resource.group).map(|g| g.nodes.clone()).unwrap_or_default();
    for node in nodes {
        if world.cluster.is_up(&node) {
            on_node(world, resource, &node).map_err(|why| {
                Refusal::new(16, format!("{}: VALIDATE failed on {node}: {why}", resource.name))
            })?;
        }
    }
    Ok(())
}

fn on_node(world: &mut World<'_>, resource: &Resource, node: &NodeName) -> Result<(), String> {
    method::present(world, resource, node, &Method::ALL)?;
    told_to_refuse(world, resource)?;
    match Agent::of(&resource.type_name) {
        Agent::LogicalHostname | Agent::SharedAddress => {
            for name in resource.extension("HostnameList") {
                network::resolve(world, node, name)
                    .ok_or_else(|| format!("host name {name} cannot be resolved"))?;
            }

            interfaces(world, resource, node)
        }
        Agent::HaStoragePlus => {
            for point in resource.extension("FilesystemMountPoints") {
                let [special, raw, ..] = world.vfstab(node, point)?;
                if !world.files(node).is_directory(point) {
                    return Err(format!("mount point {point} is no directory"));
                }
                if !world
                    .cluster
                    .volumes
                    .iter()
                    .any(|v| v.block_device == special && (raw == "-" || v.raw_device == raw))
                {
                    return Err(format!(
                        "{point}: {special} and {raw} are not the devices of one shared volume"
                    ));
                }
                same_everywhere(world, resource, point, &special)?;
            }

            Ok(())
        }
        Agent::Calendar => {
            let root = resource.extension("ICS_serverroot").first().cloned().unwrap_or_default();
            let online = storage_online(world, resource, node);
            let known =
                world.cluster.resource(&resource.name).is_some().then_some(resource.name.as_str());
            let elsewhere = !online && stored(world, resource, &root);
            calendar::validate(world, node, &root, online, elsewhere, known)
        }
        Agent::Other => Ok(()),
    }
}

/// A fault that somebody has arranged.
fn told_to_refuse(world: &World<'_>, resource: &Resource) -> Result<(), String> {
    let kind = world.cluster.types.iter().find(|t| t.name == resource.type_name);
    let refuses = world.cluster.faults.iter().find_map(|fault| {
        let Fault::ValidateRefuses { resource: name, version, property, value } = fault else {
            return None;
        };
        let fits = *name == resource.name
            && version.as_ref().is_none_or(|v| kind.is_some_and(|kind| kind.version == *v));
        if !fits {
            return None;
        }
        let Some(property) = property else { return Some("it is told to".to_owned()) };
        let is = kind.map(|kind| resource.value(kind, property).join(",")).unwrap_or_default();
        value
            .as_ref()
            .is_none_or(|value| *value == is)
            .then(|| format!("{property}: the value '{is}' is not accepted"))
    });
    refuses.map_or(Ok(()), Err)
}

/// `ipmp0@1`: the node id (or name) must be a member, and this node must be among them.
fn interfaces(world: &World<'_>, resource: &Resource, node: &NodeName) -> Result<(), String> {
    let list = resource.extension("NetIfList");
    if list.is_empty() {
        return Ok(());
    }

    let id = world.cluster.hosts.get(node).map(|m| m.id.to_string()).unwrap_or_default();
    for entry in list {
        let (_, at) = entry
            .split_once('@')
            .ok_or_else(|| format!("NetIfList: {entry} is not of the form group@node"))?;
        if !world
            .cluster
            .hosts
            .iter()
            .any(|(n, m)| m.id != 0 && (n.as_str() == at || m.id.to_string() == at))
        {
            return Err(format!("NetIfList: {at} is no node"));
        }
    }

    if list.iter().any(|e| e.ends_with(&format!("@{id}")) || e.ends_with(&format!("@{node}"))) {
        Ok(())
    } else {
        Err("NetIfList names no IPMP group for this node".into())
    }
}

/// The entry must name the same device on all nodes.
///
/// Assumption: the real method's texts are unknown; that it checks consistency is documented.
fn same_everywhere(
    world: &mut World<'_>,
    resource: &Resource,
    point: &str,
    special: &str,
) -> Result<(), String> {
    let nodes = world.cluster.group(&resource.group).map(|g| g.nodes.clone()).unwrap_or_default();
    for other in nodes {
        match world.vfstab(&other, point) {
            Ok(entry) if entry[0] != special => {
                return Err(format!("{point}: {other} has another device ({})", entry[0]));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whether ics.conf can be expected there: no storage resource in the group, or one that is up on
/// this node.
fn storage_online(world: &World<'_>, resource: &Resource, node: &NodeName) -> bool {
    let mut storage = world
        .cluster
        .resources
        .iter()
        .filter(|r| r.group == resource.group && Agent::of(&r.type_name) == Agent::HaStoragePlus)
        .peekable();
    let none = storage.peek().is_none();
    none || (storage.all(|r| r.state(node).is_started())
        && world
            .cluster
            .group(&resource.group)
            .is_some_and(|g| g.state(node) == GroupState::Online))
}

/// Whether the path lies on a file system of the group's own storage resources.
fn stored(world: &World<'_>, resource: &Resource, path: &str) -> bool {
    let within = |point: &String| {
        path.strip_prefix(point.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    world
        .cluster
        .resources
        .iter()
        .filter(|r| r.group == resource.group && Agent::of(&r.type_name) == Agent::HaStoragePlus)
        .any(|r| r.extension("FilesystemMountPoints").iter().any(within))
}
