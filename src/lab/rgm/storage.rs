//! Mounting by vfstab, as mount(1M) and HAStoragePlus do it. A failover file system is on one
//! node at a time, a global one on all that are up, and every refusal says why. On disk,
//! `mounted` then makes the directories agree.

use crate::lab::Mount;
use crate::lab::world::World;
use crate::node::NodeName;

/// Mounts what a vfstab entry says. Nothing to do when it is mounted there already.
pub(crate) fn mount(world: &mut World<'_>, host: &NodeName, point: &str) -> Result<(), String> {
    let entry = world.vfstab(host, point)?;
    mount_entry(world, host, entry)
}

/// The same with the seven fields of an entry, whether vfstab has it or somebody has typed it.
pub(crate) fn mount_entry(
    world: &mut World<'_>,
    host: &NodeName,
    entry: [String; 7],
) -> Result<(), String> {
    let [special, _, point, fs_type, _, _, options] = entry;
    let point = point.as_str();
    if let Some(there) = world.cluster.mount_at(host, point) {
        return if there.special == special {
            Ok(())
        } else {
            Err(format!("{point}: {} is mounted there", there.special))
        };
    }

    let volume = world
        .cluster
        .volumes
        .iter()
        .find(|v| v.block_device == special)
        .cloned()
        .ok_or_else(|| format!("{special}: No such device or address"))?;
    if volume.fs_type != fs_type {
        return Err(format!("{special} is not this fstype ({fs_type})"));
    }
    let global = options.split(',').any(|o| o == "global");
    if options.ends_with('\r') {
        return Err(format!("{point}: unknown option {:?}", options));
    }
    if let (false, Some(elsewhere)) =
        (global, world.cluster.mounts.iter().find(|m| m.volume == volume.name))
    {
        return Err(format!("{special} is mounted on {}", elsewhere.host));
    }

    let hosts = if global { world.cluster.members() } else { vec![host.clone()] };
    for on in hosts {
        if !world.cluster.is_up(&on) || world.cluster.mount_at(&on, point).is_some() {
            continue;
        }
        if !world.files(&on).is_directory(point) {
            return Err(format!("{point}: No such file or directory on {on}"));
        }
        world.cluster.mounts.push(Mount {
            host: on,
            special: special.clone(),
            point: point.into(),
            fs_type: fs_type.clone(),
            options: if options == "-" { "rw".into() } else { format!("rw,{options}") },
            volume: volume.name.clone(),
            since: world.cluster.clock,
        });
    }

    // A local file system is on the node that masters its device group (AffinityOn).
    let set = special.split('/').nth(3).unwrap_or_default();
    if let (false, Some(group)) =
        (global, world.cluster.device_groups.iter_mut().find(|d| d.name == set))
    {
        group.primary = Some(host.clone());
    }
    world.write_mnttab();
    Ok(())
}

/// Takes a failover file system off a host; a global one stays unless `global` says so.
///
/// Assumption: HAStoragePlus leaves a global file system mounted when its resource goes offline.
pub(crate) fn unmount(world: &mut World<'_>, host: &NodeName, point: &str, global: bool) {
    let is_global = |m: &Mount| m.options.split(',').any(|o| o == "global");
    world
        .cluster
        .mounts
        .retain(|m| m.point != point || if is_global(m) { !global } else { m.host != *host });
    world.write_mnttab();
}
