//! A fresh lab from the settings of an installation: what the vendors and the administrator did
//! before the guide begins. The same settings give the same lab, in memory as on disk. No step of
//! the guide is done there; a personality may have the accounts in the name service already.

mod disk;
mod etc;
mod medium;
mod registration_files;
mod state;

use std::io;

use super::storage::{Spot, Storage, Tree};
use super::world::World;
use super::{Cluster, Personality};
use crate::node::{Mode, NodeName, Owner};
use crate::setting::Settings;

/// Writes the disks of all hosts and returns the state of a cluster that knows nothing of Calendar
/// Server yet.
pub(crate) fn fresh(
    settings: &Settings,
    personality: Personality,
    storage: &mut (dyn Storage + 'static),
) -> io::Result<Cluster> {
    let mut cluster = state::state(settings, personality);
    let hosts: Vec<NodeName> = cluster.hosts.keys().cloned().collect();
    for volume in cluster.volumes.clone() {
        let spot = Spot { tree: Tree::Volume(volume.name), path: "/".into() };
        storage.mkdir(&spot, Mode(0o755), Owner::ROOT)?;
    }
    let mut world = World { cluster: &mut cluster, storage };
    for host in hosts {
        disk::disk(settings, &mut world, &host)?;
    }
    world.write_mnttab();
    Ok(cluster)
}
