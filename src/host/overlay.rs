//! The host of a dry run: operations happen in memory, over a node that is only looked at or over
//! nothing. It predicts files exactly and says "known after step" rather than guess what a command
//! would change. It cannot change the node beneath it: it can only look at it.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::node::{
    Command, Entry, Files, HostError, Inspect, Mode, NodeName, NodePath, Output, Owner, Sum,
};
use crate::op::{Check, Op, OpId, Reality, Run, Touches};

/// A host as it would be after operations that were not carried out.
///
/// After a simulated command it answers that command's own `done_when` and nothing else about what
/// it touches; that is [`HostError::KnownAfter`] its step. Without a host beneath it everything
/// else is [`HostError::Offline`].
pub struct Overlay<'a> {
    name: NodeName,
    base: Option<&'a dyn Inspect>,
    /// Shared file systems, each with the host where it is mounted now: wherever it goes, what is
    /// on it goes along.
    shares: Vec<(NodePath, &'a dyn Inspect)>,
    layer: Mutex<Layer>,
}

#[derive(Default)]
struct Layer {
    /// What was put over the host: `None` was removed.
    files: BTreeMap<NodePath, Option<Node>>,
    /// Paths that a command may have changed, and its step.
    touched: Vec<(NodePath, String)>,
    /// Checks of commands that are taken to have done their work, with what each of them touched.
    held: Vec<(Check, Vec<NodePath>)>,
}

#[derive(Clone)]
struct Node {
    entry: Entry,
    bytes: Vec<u8>,
}

impl Layer {
    /// What an earlier command brought about need not hold any more once another touches the same.
    fn forget(&mut self, touched: &[NodePath]) {
        self.held.retain(|(_, own)| !own.iter().any(|o| touched.contains(o)));
    }
}

impl<'a> Overlay<'a> {
    /// A dry run over a host, or over nothing but its name.
    pub fn new(name: NodeName, base: Option<&'a dyn Inspect>) -> Self {
        Self { name, base, shares: Vec::new(), layer: Mutex::default() }
    }

    /// The same with these shared file systems, each where it is mounted now.
    pub fn sharing(self, shares: Vec<(NodePath, &'a dyn Inspect)>) -> Self {
        Self { shares, ..self }
    }

    /// Whether it is a shared file system that is mounted somewhere now, or on one.
    pub fn is_shared(&self, path: &NodePath) -> bool {
        self.shares.iter().any(|(mount, _)| path.is_within(mount))
    }

    /// The host that knows what is at a path.
    fn beneath(&self, path: &NodePath) -> Result<&'a dyn Inspect, HostError> {
        let base = self.base()?;
        let is_on = |mount: &NodePath| path.is_within(mount) && path != mount;
        let holder = self.shares.iter().find(|(mount, _)| is_on(mount));
        Ok(holder.map_or(base, |(_, holder)| *holder))
    }

    fn layer(&self) -> MutexGuard<'_, Layer> {
        self.layer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn base(&self) -> Result<&'a dyn Inspect, HostError> {
        self.base.ok_or(HostError::Offline)
    }

    fn untouched(&self, path: &NodePath) -> Result<(), HostError> {
        // Without a host nothing is ever known, before a step or after it.
        self.base()?;
        match self.layer().touched.iter().rev().find(|(t, _)| path.is_within(t)) {
            // The last one that may have changed it decides.
            Some((_, step)) => Err(HostError::KnownAfter(step.clone())),
            None => Ok(()),
        }
    }

    /// What is true of an operation here: a command that was simulated holds.
    pub fn reality(&self, op: &Op) -> Result<Reality, HostError> {
        if let Op::Run(Run { done_when, .. }) | Op::Operator { done_when, .. } = op
            && self.layer().held.iter().any(|(check, _)| check == done_when)
        {
            return Ok(Reality::Present);
        }
        op.reality(self)
    }

    /// Takes these paths as changed by a step that ran elsewhere.
    pub fn touch(&self, step: &str, paths: impl IntoIterator<Item = NodePath>) {
        let paths: Vec<NodePath> = paths.into_iter().collect();
        let mut layer = self.layer();
        layer.forget(&paths);
        layer.touched.extend(paths.into_iter().map(|path| (path, step.to_owned())));
    }

    /// Has at a path what another one has there.
    pub fn shares(&self, other: &Self, path: &NodePath) {
        // Without a host nothing is ever known.
        if std::ptr::eq(self, other) || self.base.is_none() {
            return;
        }
        let over = other.layer().files.get(path).cloned();
        if let Some(over) = over {
            self.layer().files.insert(path.clone(), over);
        }
    }

    /// Takes the operation as done.
    pub fn simulate(&self, id: &OpId, op: &Op) -> Result<(), HostError> {
        match op {
            Op::Run(Run { done_when, touches, .. }) => {
                // What only moves a file system changes nothing on it.
                let changes = |path: &NodePath| !(op.moves() && self.is_shared(path));
                self.touch(&id.step, touches.iter().map(Touches::path).filter(changes));
                let touched = touches.iter().map(Touches::path).collect();
                self.layer().held.push((done_when.clone(), touched));
                Ok(())
            }
            Op::Operator { done_when, .. } => {
                self.layer().held.push((done_when.clone(), Vec::new()));
                Ok(())
            }
            _ => op.apply_to(&mut Drawn(self), None),
        }
    }

    fn put(&self, path: &NodePath, entry: Entry, bytes: Vec<u8>) {
        self.layer().files.insert(path.clone(), Some(Node { entry, bytes }));
    }
}

impl Inspect for Overlay<'_> {
    fn name(&self) -> &NodeName {
        &self.name
    }

    fn stat(&self, path: &NodePath) -> Result<Entry, HostError> {
        if let Some(over) = self.layer().files.get(path) {
            return Ok(over.as_ref().map_or(Entry::Missing, |n| n.entry.clone()));
        }
        self.untouched(path)?;
        self.beneath(path)?.stat(path)
    }

    fn link(&self, path: &NodePath) -> Result<Option<String>, HostError> {
        if let Some(over) = self.layer().files.get(path) {
            return Ok(over.as_ref().and_then(|n| {
                if let Entry::Link { target } = &n.entry { Some(target.clone()) } else { None }
            }));
        }
        self.untouched(path)?;
        self.beneath(path)?.link(path)
    }

    fn read(&self, path: &NodePath) -> Result<Vec<u8>, HostError> {
        let over = self.layer().files.get(path).cloned();
        match over {
            Some(Some(Node { entry: Entry::Link { target }, .. })) => {
                let next = NodePath::new(target).map_err(HostError::Invalid)?;
                self.read(&next)
            }
            Some(Some(node)) => Ok(node.bytes),
            Some(None) => Err(HostError::Io { path: path.to_string(), why: "no such file".into() }),
            None => {
                self.untouched(path)?;
                self.beneath(path)?.read(path)
            }
        }
    }

    fn query(&self, command: &Command) -> Result<Output, HostError> {
        self.untouched(&command.program)?;
        self.base()?.query(command)
    }
}

/// The overlay as files that can be changed.
struct Drawn<'o, 'a>(&'o Overlay<'a>);

impl Files for Drawn<'_, '_> {
    fn stat(&self, path: &NodePath) -> Result<Entry, HostError> {
        self.0.stat(path)
    }

    fn read(&self, path: &NodePath) -> Result<Vec<u8>, HostError> {
        self.0.read(path)
    }

    fn list(&self, _: &NodePath) -> Result<Vec<String>, HostError> {
        Err(HostError::Offline)
    }

    fn write(
        &mut self,
        path: &NodePath,
        bytes: &[u8],
        mode: Mode,
        owner: Owner,
    ) -> Result<(), HostError> {
        let real = crate::node::resolve(&|p| self.0.stat(p), path)?;
        self.0.put(
            &real,
            Entry::File { mode, owner, links: 1, sum: Sum::of(bytes) },
            bytes.to_vec(),
        );
        Ok(())
    }

    fn mkdir(&mut self, path: &NodePath, mode: Mode, owner: Owner) -> Result<(), HostError> {
        self.0.put(path, Entry::Directory { mode, owner }, Vec::new());
        Ok(())
    }

    fn rmdir(&mut self, path: &NodePath) -> Result<(), HostError> {
        self.remove(path)
    }

    fn symlink(&mut self, path: &NodePath, target: &str) -> Result<(), HostError> {
        self.0.put(path, Entry::Link { target: target.into() }, Vec::new());
        Ok(())
    }

    fn remove(&mut self, path: &NodePath) -> Result<(), HostError> {
        self.0.layer().files.insert(path.clone(), None);
        Ok(())
    }

    fn rename(&mut self, from: &NodePath, to: &NodePath) -> Result<(), HostError> {
        let (entry, bytes) = (self.0.stat(from)?, self.0.read(from)?);
        self.0.put(to, entry, bytes);
        self.remove(from)
    }

    fn chmod(&mut self, path: &NodePath, mode: Mode) -> Result<(), HostError> {
        match self.0.stat(path)? {
            Entry::File { owner, .. } => {
                let bytes = self.0.read(path)?;
                self.write(path, &bytes, mode, owner)
            }
            Entry::Directory { owner, .. } => self.mkdir(path, mode, owner),
            other => Err(HostError::Io { path: path.to_string(), why: other.describe() }),
        }
    }

    fn chown(&mut self, path: &NodePath, owner: Owner) -> Result<(), HostError> {
        match self.0.stat(path)? {
            Entry::File { mode, .. } => {
                let bytes = self.0.read(path)?;
                self.write(path, &bytes, mode, owner)
            }
            Entry::Directory { mode, .. } => self.mkdir(path, mode, owner),
            other => Err(HostError::Io { path: path.to_string(), why: other.describe() }),
        }
    }
}
