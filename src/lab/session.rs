//! A look at a lab on disk, or a change of it under its lock. The state is replaced whole and is
//! the authority: what follows from it (mount points, the table in mnttab) is put right by the
//! next session that takes the lock, so a kill at any moment leaves nothing half done. The rules
//! of a change are not here.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::disk_storage::DiskStorage;
use super::owners::replace;
use super::rgm::{agent::Agent, calendar};
use super::world::World;
use super::{Cluster, mounted, service};
use crate::node::NodeName;

/// A lab's state and files, while somebody looks at them or changes them.
pub(crate) struct Session {
    pub cluster: Cluster,
    pub storage: DiskStorage,
    before: Option<Cluster>,
    _lock: Option<File>,
}

fn state_file(lab: &Path) -> PathBuf {
    lab.join("state.json")
}

/// The state as it is now.
pub(crate) fn load(lab: &Path) -> io::Result<Cluster> {
    Ok(serde_json::from_slice(&fs::read(state_file(lab))?)?)
}

impl Session {
    /// Without the lock: enough to read, because every file of the lab's own is replaced whole.
    pub fn shared(lab: &Path) -> io::Result<Self> {
        Ok(Self {
            cluster: load(lab)?,
            storage: DiskStorage::open(lab)?,
            before: None,
            _lock: None,
        })
    }

    /// Waits for the lock, mends what a kill left behind.
    pub fn exclusive(lab: &Path) -> io::Result<Self> {
        let lock = File::options().append(true).create(true).open(lab.join("lock"))?;
        // flock(2) goes with the process, however it ends. (std's own lock is younger than the
        // oldest Rust we promise.)
        rustix::fs::flock(&lock, rustix::fs::FlockOperation::LockExclusive)?;
        let mut session = Self { _lock: Some(lock), ..Self::shared(lab)? };
        session.before = Some(session.cluster.clone());
        mounted::follow(&session.cluster, &session.storage)?;
        Ok(session)
    }

    /// The first state of a new lab.
    pub fn create(lab: &Path, cluster: Cluster, mut storage: DiskStorage) -> io::Result<()> {
        storage.owners.save()?;
        replace(&state_file(lab), &serde_json::to_vec(&cluster)?)
    }

    pub fn world(&mut self) -> World<'_> {
        World { cluster: &mut self.cluster, storage: &mut self.storage }
    }

    /// Makes the changes last, gives the lock back and starts the services that are to run.
    pub fn commit(mut self) -> io::Result<()> {
        self.storage.owners.save()?;
        let Some(before) = self.before.take() else { return Ok(()) };
        if before == self.cluster {
            return Ok(());
        }
        let lab = self.storage.lab.clone();
        replace(&state_file(&lab), &serde_json::to_vec(&self.cluster)?)?;
        if before.mounts != self.cluster.mounts {
            mounted::follow(&self.cluster, &self.storage)?;
        }
        if before.resources == self.cluster.resources {
            return Ok(());
        }
        let services = self.services();
        drop(self);
        for (host, address, port) in services {
            service::ensure(&lab, &host, &address, port);
        }
        Ok(())
    }

    /// Every Calendar Server that runs: host, address, port.
    pub fn services(&mut self) -> Vec<(NodeName, String, u16)> {
        let running: Vec<(String, NodeName)> = self
            .cluster
            .resources
            .iter()
            .filter(|r| Agent::of(&r.type_name) == Agent::Calendar)
            .flat_map(|r| {
                r.states
                    .iter()
                    .filter(|(_, s)| s.is_started())
                    .map(|(n, _)| (r.name.clone(), n.clone()))
            })
            .collect();
        let mut found = Vec::new();
        for (resource, host) in running {
            if let Some((address, port)) = calendar::listens(&mut self.world(), &host, &resource) {
                found.push((host, address, port));
            }
        }
        found
    }
}
