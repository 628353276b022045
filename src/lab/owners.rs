//! Owners of files on a lab on disk: a normal user cannot chown, so the lab keeps a table of its
//! own. What is not in the table belongs to the owner of what root makes. The table is replaced
//! whole, so that a kill leaves the old one or the new one.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::storage::{Spot, Tree};
use crate::node::Owner;

/// The table of owners, as it was read.
#[derive(Debug)]
pub(crate) struct Owners {
    file: PathBuf,
    table: BTreeMap<String, Owner>,
    /// What root makes belongs to; a line of its own in the file, unless it is 0:0.
    maker: Owner,
    dirty: bool,
}

/// The name of that line: no path is called so.
const MAKER: &str = "*";

fn key(spot: &Spot) -> String {
    match &spot.tree {
        Tree::Host(name) => format!("host\t{name}\t{}", spot.path),
        Tree::Volume(name) => format!("volume\t{name}\t{}", spot.path),
    }
}

impl Owners {
    pub fn load(lab: &Path) -> io::Result<Self> {
        let file = lab.join("owners");
        let text = match std::fs::read_to_string(&file) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => String::new(),
            other => other?,
        };
        let table = text.lines().filter_map(|line| {
            let (path, who) = line.rsplit_once('\t')?;
            let (uid, gid) = who.split_once(':')?;
            Some((path.to_string(), Owner { uid: uid.parse().ok()?, gid: gid.parse().ok()? }))
        });
        let mut table: BTreeMap<String, Owner> = table.collect();
        let maker = table.remove(MAKER).unwrap_or(Owner::ROOT);
        Ok(Self { table, maker, file, dirty: false })
    }

    pub fn get(&self, spot: &Spot) -> Owner {
        self.table.get(&key(spot)).copied().unwrap_or(self.maker)
    }

    /// Whose is what is not told otherwise.
    pub fn made_by(&mut self, maker: Owner) {
        self.maker = maker;
        self.dirty = true;
    }

    pub fn set(&mut self, spot: &Spot, owner: Owner) {
        if self.get(spot) == owner {
            return;
        }
        self.dirty = true;
        if owner == self.maker {
            self.table.remove(&key(spot));
        } else {
            self.table.insert(key(spot), owner);
        }
    }

    /// What stood at `from`, with everything below it, stands at `to` now.
    pub fn rename(&mut self, from: &Spot, to: &Spot) {
        self.forget(to);
        let old = key(from);
        let below: Vec<String> = self.under(&old);
        for path in below {
            if let Some(owner) = self.table.remove(&path) {
                self.table.insert(format!("{}{}", key(to), &path[old.len()..]), owner);
                self.dirty = true;
            }
        }
    }

    pub fn forget(&mut self, spot: &Spot) {
        for path in self.under(&key(spot)) {
            self.dirty |= self.table.remove(&path).is_some();
        }
    }

    fn under(&self, path: &str) -> Vec<String> {
        let inside = format!("{path}/");
        let range = self.table.range(path.to_string()..);
        range
            .map(|(k, _)| k)
            .take_while(|k| k.starts_with(path))
            .filter(|k| *k == path || k.starts_with(&inside))
            .cloned()
            .collect()
    }

    /// Writes the table if it changed.
    pub fn save(&mut self) -> io::Result<()> {
        if !self.dirty {
            return Ok(());
        }
        let mut text = String::new();
        if self.maker != Owner::ROOT {
            text = format!("{MAKER}\t{}\n", self.maker);
        }
        text.extend(self.table.iter().map(|(path, owner)| format!("{path}\t{owner}\n")));
        replace(&self.file, text.as_bytes())?;
        self.dirty = false;
        Ok(())
    }
}

/// Puts a file in place whole: a kill at any moment leaves the old or the new one.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut temporary = path.as_os_str().to_owned();
    temporary.push(".new");
    std::fs::write(&temporary, bytes)?;
    std::fs::rename(&temporary, path)
}
