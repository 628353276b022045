//! Where the lab's files are kept: one small interface for memory and disk. It follows no link,
//! applies no mount and refuses only what a disk would. Paths as a program of a node means them
//! are for `View`.

use std::io;

use crate::node::{Mode, Owner};

/// A tree of files: a host's own disk or a shared volume.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Tree {
    Host(String),
    Volume(String),
}

/// A place in a tree. No link was followed and no mount applied; the path is absolute and
/// normalised.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Spot {
    pub tree: Tree,
    pub path: String,
}

impl Spot {
    /// A path on a host's own disk, whatever is mounted there.
    pub fn on_host(host: &str, path: &str) -> Self {
        Self { tree: Tree::Host(host.into()), path: path.into() }
    }
}

/// What stands at a spot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Raw {
    File {
        mode: Mode,
        owner: Owner,
        links: u64,
        len: u64,
    },
    Directory {
        mode: Mode,
        owner: Owner,
    },
    Link {
        target: String,
    },
    /// An executable of the lab, by the last part of its path.
    Program {
        name: String,
    },
}

impl Raw {
    pub fn owner(&self) -> Owner {
        match self {
            Self::File { owner, .. } | Self::Directory { owner, .. } => *owner,
            Self::Link { .. } => Owner::ROOT,
            // root:bin, as in the listing of 6.6.3.
            Self::Program { .. } => Owner { uid: 0, gid: 2 },
        }
    }

    pub fn mode(&self) -> Mode {
        match self {
            Self::File { mode, .. } | Self::Directory { mode, .. } => *mode,
            Self::Link { .. } => Mode(0o777),
            Self::Program { .. } => Mode(0o555),
        }
    }
}

/// Files in memory or in a directory.
pub(crate) trait Storage {
    fn stat(&self, at: &Spot) -> io::Result<Option<Raw>>;
    fn read(&self, at: &Spot) -> io::Result<Vec<u8>>;
    /// Names in a directory, sorted.
    fn list(&self, at: &Spot) -> io::Result<Vec<String>>;
    fn write(&mut self, at: &Spot, bytes: &[u8], mode: Mode, owner: Owner) -> io::Result<()>;
    /// When the file was last written, for comparing with others alone: of two the later is the
    /// greater. Nothing of what is not there.
    fn written(&self, at: &Spot) -> Option<u128>;
    /// Counts as written just now, with what stands in it.
    fn touch(&mut self, at: &Spot) -> io::Result<()>;
    fn mkdir(&mut self, at: &Spot, mode: Mode, owner: Owner) -> io::Result<()>;
    fn rmdir(&mut self, at: &Spot) -> io::Result<()>;
    fn symlink(&mut self, at: &Spot, target: &str) -> io::Result<()>;
    /// An executable of the lab.
    fn program(&mut self, at: &Spot) -> io::Result<()>;
    fn remove(&mut self, at: &Spot) -> io::Result<()>;
    /// Within one tree.
    fn rename(&mut self, from: &Spot, to: &Spot) -> io::Result<()>;
    fn chmod(&mut self, at: &Spot, mode: Mode) -> io::Result<()>;
    fn chown(&mut self, at: &Spot, owner: Owner) -> io::Result<()>;
    /// Notes that something which counts was changed.
    fn mark(&mut self);
    fn marked(&self) -> bool;
}
