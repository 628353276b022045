//! The files of one host as a program there sees them: mounts applied, links followed, and no
//! path that leaves the host's root. Every program of the lab looks at files through it, in
//! memory as on disk, and a full disk or a busy mount point refuses here. The bytes are kept by
//! `Storage`.

use std::io;

use rustix::io::Errno;

use super::full_disk::covers;
use super::storage::{Raw, Spot, Storage, Tree};
use super::{Cluster, Fault, Oddity};
use crate::node::{Mode, NodeName, Owner};

/// The files of one simulated host.
pub(crate) struct View<'a> {
    pub cluster: &'a Cluster,
    pub storage: &'a mut (dyn Storage + 'static),
    pub host: NodeName,
}

/// A resolved path: as the host spells it, where it is kept, what stands there.
pub(crate) struct Place {
    pub path: String,
    pub spot: Spot,
    pub raw: Option<Raw>,
}

const SET_GROUP_ID: u32 = 0o2000;

/// Work of calha itself and temporary files: a change there is no change of the node.
const UNCOUNTED: [&str; 4] = ["/var/opt/calha", "/tmp", "/var/tmp", "/var/run"];

impl View<'_> {
    /// Where `path` (absolute, links already followed) is kept.
    pub fn spot(&self, path: &str) -> Spot {
        for mount in self.cluster.mounts.iter().filter(|m| m.host == self.host) {
            if let Some(rest) = path.strip_prefix(mount.point.as_str())
                && (rest.is_empty() || rest.starts_with('/'))
            {
                let inner = if rest.is_empty() { "/" } else { rest };
                return Spot { tree: Tree::Volume(mount.volume.clone()), path: inner.into() };
            }
        }
        Spot::on_host(self.host.as_str(), path)
    }

    /// Follows links component by component; `..` stops at the root, so no path leaves the host.
    pub fn resolve(&self, path: &str, follow_last: bool) -> io::Result<Place> {
        let mut done = String::new();
        let mut rest: Vec<String> = path.split('/').rev().map(String::from).collect();
        let mut followed = 0;
        let mut raw = self.storage.stat(&self.spot("/"))?;
        while let Some(part) = rest.pop() {
            match part.as_str() {
                "" | "." => continue,
                ".." => {
                    done.truncate(done.rfind('/').unwrap_or(0));
                    raw =
                        self.storage.stat(&self.spot(if done.is_empty() { "/" } else { &done }))?;
                    continue;
                }
                _ => {}
            }
            match raw {
                None => return Err(Errno::NOENT.into()),
                Some(Raw::Directory { .. }) => {}
                Some(_) => return Err(Errno::NOTDIR.into()),
            }
            let next = format!("{done}/{part}");
            raw = self.storage.stat(&self.spot(&next))?;
            let last = rest.iter().all(|p| p.is_empty() || p == ".");
            match &raw {
                Some(Raw::Link { target }) if !last || follow_last => {
                    followed += 1;
                    if followed > 32 {
                        return Err(Errno::LOOP.into());
                    }
                    if target.starts_with('/') {
                        done.clear();
                    }
                    rest.extend(target.split('/').rev().map(String::from));
                    raw =
                        self.storage.stat(&self.spot(if done.is_empty() { "/" } else { &done }))?;
                }
                _ => done = next,
            }
        }

        let path = if done.is_empty() { "/".into() } else { done };
        Ok(Place { spot: self.spot(&path), path, raw })
    }

    /// Like stat(2) or, with `follow` false, lstat(2).
    pub fn look(&self, path: &str, follow: bool) -> io::Result<Option<Raw>> {
        match self.resolve(path, follow) {
            Ok(place) => Ok(place.raw),
            Err(e) if is(&e, Errno::NOENT) || is(&e, Errno::NOTDIR) => Ok(None),
            Err(e) => Err(e),
        }
    }

    /// The letter of a device node; the lab keeps devices as empty files and knows them by path.
    pub fn device(&self, path: &str) -> Option<char> {
        self.cluster.site.devices.iter().find(|(p, _)| p == path).map(|(_, letter)| *letter)
    }

    /// Whether something is mounted exactly there.
    pub fn is_mount_point(&self, path: &str) -> bool {
        self.cluster.mount_at(&self.host, path).is_some()
    }

    pub fn is_directory(&self, path: &str) -> bool {
        matches!(self.look(path, true), Ok(Some(Raw::Directory { .. })))
    }

    pub fn is_file(&self, path: &str) -> bool {
        matches!(self.look(path, true), Ok(Some(Raw::File { .. } | Raw::Program { .. })))
    }

    pub fn load(&self, path: &str) -> io::Result<Vec<u8>> {
        let place = self.resolve(path, true)?;
        match place.raw {
            None => Err(Errno::NOENT.into()),
            Some(Raw::Directory { .. }) => Err(Errno::ISDIR.into()),
            Some(_) => self.storage.read(&place.spot),
        }
    }

    /// The file as text; missing or unreadable = empty.
    pub fn text(&self, path: &str) -> String {
        self.load(path).map(|b| String::from_utf8_lossy(&b).into_owned()).unwrap_or_default()
    }

    pub fn names(&self, path: &str) -> io::Result<Vec<String>> {
        let place = self.resolve(path, true)?;
        self.storage.list(&place.spot)
    }

    fn note(&mut self, path: &str) {
        if !UNCOUNTED.iter().any(|u| path == *u || path.starts_with(&format!("{u}/"))) {
            self.storage.mark();
        }
    }

    fn room(&self, path: &str) -> io::Result<()> {
        let full = self.cluster.faults.iter().any(|f| match f {
            // The table of mounts is the kernel's and takes no room of any disk: mnttab(4).
            Fault::DiskFull { host, path: at } => {
                *host == self.host && covers(at, path) && path != "/etc/mnttab"
            }
            _ => false,
        });
        if full { Err(Errno::NOSPC.into()) } else { Ok(()) }
    }

    /// When the file was last written, for comparing with others alone.
    pub fn written(&self, path: &str) -> Option<u128> {
        let place = self.resolve(path, true).ok()?;
        self.storage.written(&place.spot)
    }

    /// Writes through links, as `>` of a shell does.
    pub fn save(&mut self, path: &str, bytes: &[u8], mode: Mode, owner: Owner) -> io::Result<()> {
        let place = self.resolve(path, true)?;
        self.room(&place.path)?;
        if let Some(Raw::File { mode: m, owner: o, len, .. }) = &place.raw
            && *m == mode
            && *o == owner
            && *len == bytes.len() as u64
            && self.storage.read(&place.spot).is_ok_and(|old| old == bytes)
        {
            return self.storage.touch(&place.spot);
        }
        self.storage.write(&place.spot, bytes, mode, owner)?;
        self.note(&place.path);
        Ok(())
    }

    /// Who owns what root makes at a path: a directory with set-group-id gives it its own group.
    pub fn maker(&self, path: &str) -> Owner {
        let root = self.cluster.personality.root();
        match self.above(path) {
            Some(above) if self.passes_group(&above) => Owner { gid: above.owner().gid, ..root },
            _ => root,
        }
    }

    /// The mode of a directory that is made with this one: set-group-id is passed on.
    pub fn made(&self, path: &str, mode: Mode) -> Mode {
        let passes = self.above(path).is_some_and(|above| self.passes_group(&above));
        if passes { Mode(mode.0 | SET_GROUP_ID) } else { mode }
    }

    fn passes_group(&self, above: &Raw) -> bool {
        above.mode().0 & SET_GROUP_ID != 0 && self.cluster.personality.has(Oddity::MkdirKeepsSetgid)
    }

    fn above(&self, path: &str) -> Option<Raw> {
        let (above, _) = path.rsplit_once('/')?;
        self.look(if above.is_empty() { "/" } else { above }, true).ok().flatten()
    }

    /// Writes like `>`: an existing file keeps its mode and owner, a new one gets 0644 and root.
    pub fn overwrite(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let (mode, owner) = match self.look(path, true)? {
            Some(Raw::File { mode, owner, .. }) => (mode, owner),
            _ => (Mode(0o644), self.maker(path)),
        };
        self.save(path, bytes, mode, owner)
    }

    pub fn make_directory(&mut self, path: &str, mode: Mode, owner: Owner) -> io::Result<()> {
        let place = self.resolve(path, false)?;
        if place.raw.is_some() {
            return Err(Errno::EXIST.into());
        }
        self.room(&place.path)?;
        self.storage.mkdir(&place.spot, mode, owner)?;
        self.note(&place.path);
        Ok(())
    }

    /// `mkdir -p`: true if anything was made.
    pub fn make_directories(&mut self, path: &str, mode: Mode, owner: Owner) -> io::Result<bool> {
        let mut made = false;
        let mut so_far = String::new();
        for part in path.split('/').filter(|p| !p.is_empty()) {
            so_far = format!("{so_far}/{part}");
            match self.look(&so_far, true)? {
                Some(Raw::Directory { .. }) => {}
                Some(_) => return Err(Errno::EXIST.into()),
                None => {
                    self.make_directory(&so_far, mode, owner)?;
                    made = true;
                }
            }
        }
        Ok(made)
    }

    pub fn remove_directory(&mut self, path: &str) -> io::Result<()> {
        let place = self.resolve(path, false)?;
        if place.path == "/" || self.is_mount_point(&place.path) {
            return Err(Errno::BUSY.into());
        }
        self.storage.rmdir(&place.spot)?;
        self.note(&place.path);
        Ok(())
    }

    /// Removes a directory with all that is in it.
    pub fn clear(&mut self, path: &str) -> io::Result<()> {
        for name in self.names(path)? {
            let below = format!("{path}/{name}");
            match self.look(&below, false)? {
                Some(Raw::Directory { .. }) => self.clear(&below)?,
                _ => self.unlink(&below)?,
            }
        }
        self.remove_directory(path)
    }

    pub fn make_link(&mut self, path: &str, target: &str) -> io::Result<()> {
        let place = self.resolve(path, false)?;
        if place.raw.is_some() {
            return Err(Errno::EXIST.into());
        }
        self.room(&place.path)?;
        self.storage.symlink(&place.spot, target)?;
        self.note(&place.path);
        Ok(())
    }

    pub fn make_program(&mut self, path: &str) -> io::Result<()> {
        let place = self.resolve(path, false)?;
        self.storage.program(&place.spot)?;
        self.note(&place.path);
        Ok(())
    }

    pub fn unlink(&mut self, path: &str) -> io::Result<()> {
        let place = self.resolve(path, false)?;
        match place.raw {
            None => return Err(Errno::NOENT.into()),
            Some(Raw::Directory { .. }) if self.is_mount_point(&place.path) => {
                return Err(Errno::BUSY.into());
            }
            Some(Raw::Directory { .. }) => return Err(Errno::ISDIR.into()),
            Some(_) => {}
        }
        self.storage.remove(&place.spot)?;
        self.note(&place.path);
        Ok(())
    }

    pub fn move_to(&mut self, from: &str, to: &str) -> io::Result<()> {
        let source = self.resolve(from, false)?;
        let goal = self.resolve(to, false)?;
        if self.is_mount_point(&source.path) || self.is_mount_point(&goal.path) {
            return Err(Errno::BUSY.into());
        }
        if source.raw.is_none() {
            return Err(Errno::NOENT.into());
        }
        if source.spot.tree != goal.spot.tree {
            return Err(Errno::XDEV.into());
        }
        if source.path == goal.path {
            return Ok(());
        }
        if goal.path.starts_with(&format!("{}/", source.path)) {
            return Err(Errno::INVAL.into());
        }
        self.storage.rename(&source.spot, &goal.spot)?;
        self.note(&goal.path);
        self.note(&source.path);
        Ok(())
    }

    pub fn set_mode(&mut self, path: &str, mode: Mode) -> io::Result<()> {
        self.set(path, |raw| raw.mode() == mode, |storage, spot| storage.chmod(spot, mode))
    }

    pub fn set_owner(&mut self, path: &str, owner: Owner) -> io::Result<()> {
        self.set(path, |raw| raw.owner() == owner, |storage, spot| storage.chown(spot, owner))
    }

    /// Changes what stands there, unless it is so already.
    fn set(
        &mut self,
        path: &str,
        is_so: impl FnOnce(&Raw) -> bool,
        change: impl FnOnce(&mut dyn Storage, &Spot) -> io::Result<()>,
    ) -> io::Result<()> {
        let place = self.resolve(path, true)?;
        let raw = place.raw.ok_or(Errno::NOENT)?;
        if !is_so(&raw) {
            change(self.storage, &place.spot)?;
            self.note(&place.path);
        }
        Ok(())
    }
}

pub(crate) fn is(error: &io::Error, errno: Errno) -> bool {
    error.raw_os_error() == Some(errno.raw_os_error())
}
