//! Files of a lab in memory. It refuses what a disk would, with the same error numbers, and a
//! clone shares every tree until one of the two writes to it. It follows no link and applies no
//! mount: that is for `View`.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use rustix::io::Errno;

use super::storage::{Raw, Spot, Storage, Tree};
use crate::node::{Mode, Owner};

#[derive(Clone, Debug, PartialEq)]
enum Inode {
    File { bytes: Arc<[u8]>, mode: Mode, owner: Owner, written: Moment },
    Directory { mode: Mode, owner: Owner },
    Link { target: Arc<str> },
    Program,
}

/// When a file was written. It says nothing of what stands there: equal files stay equal.
#[derive(Clone, Copy, Debug, Default)]
struct Moment(u64);

impl PartialEq for Moment {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

type Files = BTreeMap<Arc<str>, Inode>;

/// Trees in memory; a snapshot of them costs next to nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct MemoryStorage {
    trees: BTreeMap<Tree, Arc<Files>>,
    pub marked: bool,
    now: Moment,
}

impl MemoryStorage {
    /// The moment of a write: each is later than all before it.
    fn moment(&mut self) -> Moment {
        self.now.0 += 1;
        self.now
    }

    fn get(&self, at: &Spot) -> Option<&Inode> {
        self.trees.get(&at.tree)?.get(at.path.as_str())
    }

    fn tree(&mut self, tree: &Tree) -> &mut Files {
        Arc::make_mut(self.trees.entry(tree.clone()).or_default())
    }

    fn parent_is_directory(&self, at: &Spot) -> io::Result<()> {
        let Some(cut) = at.path.rfind('/') else { return Err(Errno::INVAL.into()) };
        if at.path == "/" {
            return Ok(());
        }
        let parent = if cut == 0 { "/" } else { &at.path[..cut] };
        match self.trees.get(&at.tree).and_then(|t| t.get(parent)) {
            Some(Inode::Directory { .. }) => Ok(()),
            Some(_) => Err(Errno::NOTDIR.into()),
            None => Err(Errno::NOENT.into()),
        }
    }

    fn create(&mut self, at: &Spot, inode: Inode) -> io::Result<()> {
        if self.get(at).is_some() {
            return Err(Errno::EXIST.into());
        }
        self.parent_is_directory(at)?;
        self.tree(&at.tree).insert(at.path.as_str().into(), inode);
        Ok(())
    }

    fn below<'a>(files: &'a Files, path: &str) -> impl Iterator<Item = &'a Arc<str>> + use<'a> {
        let prefix = if path == "/" { "/".to_string() } else { format!("{path}/") };
        let start: Arc<str> = prefix.as_str().into();
        files
            .range(start..)
            .map(|(k, _)| k)
            .take_while(move |k| k.starts_with(&prefix))
            .filter(|k| k.len() > 1)
    }
}

fn base(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or("")
}

impl Storage for MemoryStorage {
    fn stat(&self, at: &Spot) -> io::Result<Option<Raw>> {
        Ok(self.get(at).map(|inode| match inode {
            Inode::File { bytes, mode, owner, .. } => {
                Raw::File { mode: *mode, owner: *owner, links: 1, len: bytes.len() as u64 }
            }
            Inode::Directory { mode, owner } => Raw::Directory { mode: *mode, owner: *owner },
            Inode::Link { target } => Raw::Link { target: target.to_string() },
            Inode::Program => Raw::Program { name: base(&at.path).into() },
        }))
    }

    fn read(&self, at: &Spot) -> io::Result<Vec<u8>> {
        match self.get(at) {
            Some(Inode::File { bytes, .. }) => Ok(bytes.to_vec()),
            Some(Inode::Program) => Ok(base(&at.path).as_bytes().to_vec()),
            Some(Inode::Directory { .. }) => Err(Errno::ISDIR.into()),
            _ => Err(Errno::NOENT.into()),
        }
    }

    fn list(&self, at: &Spot) -> io::Result<Vec<String>> {
        match self.get(at) {
            Some(Inode::Directory { .. }) => {}
            Some(_) => return Err(Errno::NOTDIR.into()),
            None => return Err(Errno::NOENT.into()),
        }
        let Some(files) = self.trees.get(&at.tree) else { return Ok(Vec::new()) };
        let skip = if at.path == "/" { 1 } else { at.path.len() + 1 };
        let mut names: Vec<_> = Self::below(files, &at.path)
            .map(|k| &k[skip..])
            .filter(|rest| !rest.contains('/'))
            .map(String::from)
            .collect();
        names.sort();
        Ok(names)
    }

    fn write(&mut self, at: &Spot, bytes: &[u8], mode: Mode, owner: Owner) -> io::Result<()> {
        match self.get(at) {
            Some(Inode::Directory { .. }) => return Err(Errno::ISDIR.into()),
            Some(_) => {}
            None => self.parent_is_directory(at)?,
        }
        let file = Inode::File { bytes: bytes.into(), mode, owner, written: self.moment() };
        self.tree(&at.tree).insert(at.path.as_str().into(), file);
        Ok(())
    }

    fn written(&self, at: &Spot) -> Option<u128> {
        match self.get(at)? {
            Inode::File { written, .. } => Some(written.0.into()),
            _ => None,
        }
    }

    fn touch(&mut self, at: &Spot) -> io::Result<()> {
        let now = self.moment();
        if let Some(Inode::File { written, .. }) = self.tree(&at.tree).get_mut(at.path.as_str()) {
            *written = now;
        }
        Ok(())
    }

    fn mkdir(&mut self, at: &Spot, mode: Mode, owner: Owner) -> io::Result<()> {
        self.create(at, Inode::Directory { mode, owner })
    }

    fn rmdir(&mut self, at: &Spot) -> io::Result<()> {
        match self.get(at) {
            Some(Inode::Directory { .. }) => {}
            Some(_) => return Err(Errno::NOTDIR.into()),
            None => return Err(Errno::NOENT.into()),
        }
        if !self.list(at)?.is_empty() {
            return Err(Errno::NOTEMPTY.into());
        }
        self.tree(&at.tree).remove(at.path.as_str());
        Ok(())
    }

    fn symlink(&mut self, at: &Spot, target: &str) -> io::Result<()> {
        self.create(at, Inode::Link { target: target.into() })
    }

    fn program(&mut self, at: &Spot) -> io::Result<()> {
        self.create(at, Inode::Program)
    }

    fn remove(&mut self, at: &Spot) -> io::Result<()> {
        match self.get(at) {
            Some(Inode::Directory { .. }) => Err(Errno::ISDIR.into()),
            Some(_) => {
                self.tree(&at.tree).remove(at.path.as_str());
                Ok(())
            }
            None => Err(Errno::NOENT.into()),
        }
    }

    fn rename(&mut self, from: &Spot, to: &Spot) -> io::Result<()> {
        if from.tree != to.tree {
            return Err(Errno::XDEV.into());
        }

        let directory = match self.get(from) {
            None => return Err(Errno::NOENT.into()),
            Some(inode) => matches!(inode, Inode::Directory { .. }),
        };

        self.parent_is_directory(to)?;
        match self.get(to) {
            Some(Inode::Directory { .. }) if !directory => return Err(Errno::ISDIR.into()),
            Some(Inode::Directory { .. }) if !self.list(to)?.is_empty() => {
                return Err(Errno::NOTEMPTY.into());
            }
            Some(Inode::Directory { .. }) | None => {}
            Some(_) if directory => return Err(Errno::NOTDIR.into()),
            Some(_) => {}
        }

        let files = self.tree(&from.tree);
        let inside: Vec<_> =
            if directory { Self::below(files, &from.path).cloned().collect() } else { Vec::new() };
        for old in inside {
            if let Some(inode) = files.remove(&old) {
                files.insert(format!("{}{}", to.path, &old[from.path.len()..]).into(), inode);
            }
        }

        if let Some(inode) = files.remove(from.path.as_str()) {
            files.insert(to.path.as_str().into(), inode);
        }

        Ok(())
    }

    fn chmod(&mut self, at: &Spot, new: Mode) -> io::Result<()> {
        match self.tree(&at.tree).get_mut(at.path.as_str()) {
            Some(Inode::File { mode, .. } | Inode::Directory { mode, .. }) => *mode = new,
            Some(_) => {}
            None => return Err(Errno::NOENT.into()),
        }
        Ok(())
    }

    fn chown(&mut self, at: &Spot, new: Owner) -> io::Result<()> {
        match self.tree(&at.tree).get_mut(at.path.as_str()) {
            Some(Inode::File { owner, .. } | Inode::Directory { owner, .. }) => *owner = new,
            Some(_) => {}
            None => return Err(Errno::NOENT.into()),
        }
        Ok(())
    }

    fn mark(&mut self) {
        self.marked = true;
    }

    fn marked(&self) -> bool {
        self.marked
    }
}
