//! The files of a lab on disk: a directory for each host and each volume, links for its programs.
//!
//! It changes what it is told to and nothing else; which file a program of a node means is for
//! `View` to say.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::hidden::beneath;
use super::machine_link::{self, MACHINE};
use super::owners::Owners;
use super::storage::{Raw, Spot, Storage, Tree};
use crate::node::{Mode, Owner};

/// Trees as directories: `nodes/<host>` and `volumes/<name>` below the lab's own.
#[derive(Debug)]
pub(crate) struct DiskStorage {
    pub lab: PathBuf,
    pub owners: Owners,
    marked: bool,
}

impl DiskStorage {
    pub fn open(lab: &Path) -> io::Result<Self> {
        Ok(Self { lab: lab.into(), owners: Owners::load(lab)?, marked: false })
    }

    /// Where a spot is on this machine.
    pub fn real(&self, at: &Spot) -> PathBuf {
        let base = match &at.tree {
            Tree::Host(name) => self.lab.join("nodes").join(name),
            Tree::Volume(name) => self.lab.join("volumes").join(name),
        };
        base.join(at.path.trim_start_matches('/'))
    }

    /// Makes the links of programs anew in a directory that has come to another depth.
    fn relink(&mut self, at: &Spot) -> io::Result<()> {
        for name in self.list(at)? {
            let below = Spot { path: format!("{}/{name}", at.path), ..at.clone() };
            match self.stat(&below)? {
                Some(Raw::Directory { .. }) => self.relink(&below)?,
                Some(Raw::Program { .. }) => {
                    fs::remove_file(self.real(&below))?;
                    self.program(&below)?;
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// Whether a spot is the directory through which a root that is entered for real reaches the
/// machine. No node has it.
fn is_machine(at: &Spot) -> bool {
    let first = at.path.split('/').find(|part| !part.is_empty());
    matches!(at.tree, Tree::Host(_)) && first == Some(MACHINE)
}

fn permissions(mode: Mode) -> fs::Permissions {
    fs::Permissions::from_mode(mode.0)
}

impl Storage for DiskStorage {
    fn stat(&self, at: &Spot) -> io::Result<Option<Raw>> {
        if is_machine(at) {
            return Ok(None);
        }

        let real = self.real(at);
        let found = match fs::symlink_metadata(&real) {
            Err(e)
                if e.kind() == io::ErrorKind::NotFound
                    || e.kind() == io::ErrorKind::NotADirectory =>
            {
                return Ok(None);
            }
            other => other?,
        };
        let found = match (&at.tree, found.is_symlink()) {
            // Unmounted by the call at hand, which may mount there again: the disk follows later.
            (Tree::Host(host), true) if machine_link::is_volume(&fs::read_link(&real)?) => {
                fs::symlink_metadata(beneath(&self.lab, host, &at.path))?
            }
            _ => found,
        };
        let mode = Mode(found.mode() & 0o7777);
        Ok(Some(if found.is_dir() {
            Raw::Directory { mode, owner: self.owners.get(at) }
        } else if found.is_symlink() {
            let target = fs::read_link(&real)?;
            if machine_link::is_program(&target) {
                Raw::Program { name: at.path.rsplit('/').next().unwrap_or("").into() }
            } else {
                Raw::Link { target: target.to_string_lossy().into_owned() }
            }
        } else {
            Raw::File { mode, owner: self.owners.get(at), links: found.nlink(), len: found.len() }
        }))
    }

    fn read(&self, at: &Spot) -> io::Result<Vec<u8>> {
        match self.stat(at)? {
            Some(Raw::Program { name }) => Ok(name.into_bytes()),
            _ => fs::read(self.real(at)),
        }
    }

    fn list(&self, at: &Spot) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(self.real(at))? {
            names.push(entry?.file_name().to_string_lossy().into_owned());
        }
        names.retain(|name| name != MACHINE || at.path != "/");
        names.sort();
        Ok(names)
    }

    fn write(&mut self, at: &Spot, bytes: &[u8], mode: Mode, owner: Owner) -> io::Result<()> {
        let real = self.real(at);
        // Root on a node writes what its mode forbids; here a normal user has to allow it first.
        if fs::symlink_metadata(&real).is_ok_and(|m| m.is_file() && m.mode() & 0o200 == 0) {
            fs::set_permissions(&real, fs::Permissions::from_mode(0o600))?;
        }
        let mut options = fs::OpenOptions::new();
        let mut file = options.write(true).create(true).truncate(true).mode(0o600).open(&real)?;
        file.write_all(bytes)?;
        file.set_permissions(permissions(mode))?;
        self.owners.set(at, owner);
        Ok(())
    }

    fn written(&self, at: &Spot) -> Option<u128> {
        let modified = fs::metadata(self.real(at)).and_then(|found| found.modified()).ok()?;
        let since = modified.duration_since(std::time::UNIX_EPOCH).ok()?;
        Some(since.as_nanos())
    }

    fn touch(&mut self, at: &Spot) -> io::Result<()> {
        fs::File::open(self.real(at))?.set_modified(std::time::SystemTime::now())
    }

    fn mkdir(&mut self, at: &Spot, mode: Mode, owner: Owner) -> io::Result<()> {
        let real = self.real(at);
        fs::create_dir(&real)?;
        fs::set_permissions(&real, permissions(mode))?;
        self.owners.set(at, owner);
        Ok(())
    }

    fn rmdir(&mut self, at: &Spot) -> io::Result<()> {
        fs::remove_dir(self.real(at))?;
        self.owners.forget(at);
        Ok(())
    }

    fn symlink(&mut self, at: &Spot, target: &str) -> io::Result<()> {
        std::os::unix::fs::symlink(target, self.real(at))
    }

    fn program(&mut self, at: &Spot) -> io::Result<()> {
        std::os::unix::fs::symlink(machine_link::program(at), self.real(at))
    }

    fn remove(&mut self, at: &Spot) -> io::Result<()> {
        fs::remove_file(self.real(at))?;
        self.owners.forget(at);
        Ok(())
    }

    fn rename(&mut self, from: &Spot, to: &Spot) -> io::Result<()> {
        fs::rename(self.real(from), self.real(to))?;
        self.owners.rename(from, to);
        if machine_link::depth(from) == machine_link::depth(to) {
            return Ok(());
        }

        match self.stat(to)? {
            Some(Raw::Directory { .. }) => self.relink(to),
            // The old link shows whose it was, wherever it leads from here.
            Some(Raw::Program { .. }) => {
                fs::remove_file(self.real(to))?;
                self.program(to)
            }
            _ => Ok(()),
        }
    }

    fn chmod(&mut self, at: &Spot, mode: Mode) -> io::Result<()> {
        match self.stat(at)? {
            Some(Raw::Program { .. } | Raw::Link { .. }) => Ok(()),
            _ => fs::set_permissions(self.real(at), permissions(mode)),
        }
    }

    fn chown(&mut self, at: &Spot, owner: Owner) -> io::Result<()> {
        if !matches!(self.stat(at)?, Some(Raw::Program { .. } | Raw::Link { .. })) {
            self.owners.set(at, owner);
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
