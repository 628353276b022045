//! Nodes that die and come back: which groups move, which file systems are mounted again, what a
//! node forgets. How a group comes up on its next node is in `place`.

use crate::lab::rgm::place::{bring_online, forget};
use crate::lab::rgm::storage;
use crate::lab::storage::Raw;
use crate::lab::world::World;
use crate::node::NodeName;

/// Power off: managed groups that were there move to the next node of their list that is up;
/// unmanaged ones stay as they are.
pub(crate) fn kill(world: &mut World<'_>, node: &NodeName) {
    if !world.cluster.hosts.get(node).is_some_and(|m| m.up) {
        return;
    }

    let hit = world.cluster.managed_on(node);

    if let Some(machine) = world.cluster.hosts.get_mut(node) {
        machine.up = false;
        machine.running.clear();
    }

    forget(world, node);
    empty_tmp(world, node);
    let up: Vec<NodeName> =
        world.cluster.members().into_iter().filter(|n| world.cluster.is_up(n)).collect();
    for devices in
        world.cluster.device_groups.iter_mut().filter(|d| d.primary.as_ref() == Some(node))
    {
        devices.primary = devices.nodes.iter().find(|n| up.contains(n)).cloned();
    }

    for group in hit {
        if let Some(next) = preferred(world, &group) {
            // A failure shows in the states; nobody is there to be told.
            let _ = bring_online(world, &group, &next);
        }
    }
}

/// /tmp lies in memory, tmpfs(7FS): shells that were open have nothing left there.
fn empty_tmp(world: &mut World<'_>, node: &NodeName) {
    let mut files = world.files(node);
    for name in files.names("/tmp").unwrap_or_default() {
        let path = format!("/tmp/{name}");
        let directory = matches!(files.look(&path, false), Ok(Some(Raw::Directory { .. })));
        // What cannot be removed is somebody else's trouble: power goes off anyhow.
        let _ = if directory { files.clear(&path) } else { files.unlink(&path) };
    }
}

/// Power on: the node joins, global file systems that others have are mounted, groups that are
/// offline everywhere come online.
///
/// Assumption: a group taken offline by hand (`scswitch -F`) also comes back at this
/// reconfiguration, and Failback is FALSE, so nothing moves that runs elsewhere. Seen on a real
/// cluster: nothing moves back, and a node that comes back brings nothing down.
pub(crate) fn boot(world: &mut World<'_>, node: &NodeName) {
    world.cluster.clock += 120;
    let now = world.cluster.clock;
    match world.cluster.hosts.get_mut(node) {
        Some(machine) if !machine.up => {
            machine.up = true;
            machine.booted = now;
            machine.running = machine.starts_at_boot.clone();
        }
        _ => return,
    }

    let points: Vec<String> = world
        .cluster
        .mounts
        .iter()
        .filter(|m| m.options.split(',').any(|o| o == "global"))
        .map(|m| m.point.clone())
        .collect();
    for point in points {
        // What cannot be mounted at boot is left out, as mountall(1M) does.
        let _ = storage::mount(world, node, &point);
    }

    world.write_mnttab();
    let idle: Vec<String> = world
        .cluster
        .groups
        .iter()
        .filter(|g| g.managed && g.place().is_none())
        .map(|g| g.name.clone())
        .collect();
    for group in idle {
        if let Some(next) = preferred(world, &group) {
            let _ = bring_online(world, &group, &next);
        }
    }
}

/// The first node of the group's list that is up.
pub(crate) fn preferred(world: &World<'_>, group: &str) -> Option<NodeName> {
    world.cluster.group(group)?.nodes.iter().find(|n| world.cluster.is_up(n)).cloned()
}
