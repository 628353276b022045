//! A node of a lab in memory as its host reaches it: files, the record of what was begun, the rack,
//! and whoever watches. What an operation does with them is in `memory_effect`.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Oddity;
use super::rack::{Rack, Watch};
use crate::node::{Files, HostError, Mode, NodeName, NodePath, Owner, Sum};

/// Access to one node of a rack.
#[derive(Clone)]
pub(crate) struct MemoryNode {
    pub name: NodeName,
    /// The directory for what calha keeps there.
    pub record: NodePath,
    rack: Arc<Mutex<Rack>>,
    watch: Option<Watch>,
}

/// The mode of what calha keeps on a node.
pub(crate) const PRIVATE: Mode = Mode(0o600);

impl MemoryNode {
    pub fn new(
        name: NodeName,
        record: NodePath,
        rack: Arc<Mutex<Rack>>,
        watch: Option<Watch>,
    ) -> Self {
        Self { name, record, rack, watch }
    }

    pub fn rack(&self) -> MutexGuard<'_, Rack> {
        self.rack.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at or changes its files.
    pub fn with<T>(
        &self,
        work: impl FnOnce(&mut dyn Files) -> Result<T, HostError>,
    ) -> Result<T, HostError> {
        self.reached()?;
        work(&mut self.rack().lab.files(&self.name))
    }

    /// An error while the node is down: then it answers nothing at all.
    pub fn reached(&self) -> Result<(), HostError> {
        let is_up = self.rack().lab.cluster().hosts.get(&self.name).is_some_and(|m| m.up);
        match is_up {
            true => Ok(()),
            false => Err(HostError::Unreachable {
                node: self.name.0.clone(),
                why: "no route to host".into(),
            }),
        }
    }

    /// A moment at which a kill would make a difference.
    pub fn point(&self, what: &str) {
        if let Some(watch) = &self.watch {
            watch(what, &self.rack());
        }
    }

    /// What root makes here belongs to.
    pub fn root(&self) -> Owner {
        self.rack().lab.cluster().personality.root()
    }

    /// A file of one operation in the record.
    pub fn file(&self, stem: &str, ending: &str) -> NodePath {
        self.record.join(&format!("{stem}.{ending}"))
    }

    /// Writes a file of the record.
    pub fn keep(&self, path: &NodePath, bytes: &[u8]) -> Result<(), HostError> {
        let root = self.root();
        self.with(|f| f.write(path, bytes, PRIVATE, root))
    }

    /// A path with links followed.
    pub fn real(&self, path: &NodePath) -> Result<NodePath, HostError> {
        self.with(|f| crate::node::resolve(&|p| f.stat(p), path))
    }

    /// The last lines that a command has printed.
    pub fn tail(&self, stem: &str) -> String {
        let out = self.file(stem, "out");
        let bytes = self.with(|f| f.read(&out)).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(20)..].join("\n")
    }

    /// A sum as the node's cksum(1) prints it.
    pub fn printed(&self, sum: Sum) -> String {
        let tabs = self.rack().lab.cluster().personality.has(Oddity::CksumTabs);
        format!("{}{}{}\n", sum.crc, if tabs { '\t' } else { ' ' }, sum.len)
    }
}
