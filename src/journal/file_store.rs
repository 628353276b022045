//! The journal as files of the administration host: `journal`, the closed ones `journal.1`,
//! `journal.2` …, and a lock, in a directory of mode 0700. One process holds the lock at a time,
//! and what `append` wrote is on the disk when it returns. What the bytes mean is for `Journal`.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{JournalError, Store};
use crate::file::{self, open_own, own_bytes};

/// Longest journal, in bytes. Years of runs have some megabytes.
const LONGEST: u64 = 64 << 20;

/// So long a look at the lock may take.
const MOMENT: Duration = Duration::from_millis(50);

/// A journal in a directory whose lock this process holds.
#[derive(Debug)]
pub struct FileStore {
    directory: PathBuf,
    _lock: File,
    /// Something was written that is not durable yet.
    unsettled: bool,
}

impl FileStore {
    /// Takes the lock of the directory, which is made when it is missing. `holder` says who takes
    /// it.
    ///
    /// The lock goes with the process, however it ends, so a killed run never locks anybody out
    /// here.
    ///
    /// # Errors
    /// [`JournalError::Held`] with the other one's holder; [`JournalError::Closed`] where the
    /// directory or the lock cannot be had.
    pub fn open(directory: &Path, holder: &str) -> Result<Self, JournalError> {
        let closed = |path: &Path, why| JournalError::closed(path, false, why);
        file::make_own(directory).map_err(|error| closed(&error.path, error.why))?;

        let path = directory.join("lock");
        let mut options = File::options();
        options.read(true).append(true).create(true).mode(0o600);
        let mut lock = open_own(&path, &mut options).map_err(|why| closed(&path, why))?;
        if let Err(error) = locked(&lock) {
            if error != rustix::io::Errno::WOULDBLOCK {
                return Err(closed(&path, error.into()));
            }
            let mut other = String::new();
            lock.read_to_string(&mut other)?;
            return Err(JournalError::Held(other.trim().to_owned()));
        }
        let journal = directory.join("journal");
        match open_own(&journal, File::options().read(true)) {
            Err(why) if why.kind() != io::ErrorKind::NotFound => return Err(closed(&journal, why)),
            _ => {}
        }
        lock.set_len(0)?;
        lock.write_all(format!("{holder}\n").as_bytes())?;
        Ok(Self { directory: directory.to_owned(), _lock: lock, unsettled: false })
    }

    /// The bytes of a directory's open journal, without its lock: enough to look. None when there
    /// is none.
    ///
    /// # Errors
    /// [`JournalError::Closed`] when it is there and cannot be read.
    pub fn peek(directory: &Path) -> Result<Vec<u8>, JournalError> {
        let closed = |path: &Path, why| JournalError::closed(path, true, why);
        file::own(directory).map_err(|error| closed(&error.path, error.why))?;
        let path = directory.join("journal");
        own_bytes(&path, LONGEST).map_err(|why| closed(&path, why))
    }

    /// The same of the journal that was closed last: everything in it was undone, or put away.
    ///
    /// # Errors
    /// [`JournalError::Closed`] when it is there and cannot be read.
    pub fn peek_closed(directory: &Path) -> Result<Vec<u8>, JournalError> {
        let closed = |path: &Path, why| JournalError::closed(path, true, why);
        file::own(directory).map_err(|error| closed(&error.path, error.why))?;
        let last = archived(directory).ok().and_then(|mut all| all.pop());
        let Some((_, path)) = last else { return Ok(Vec::new()) };
        own_bytes(&path, LONGEST).map_err(|why| closed(&path, why))
    }

    /// Who works with the journal of a directory now, without waiting and without taking the lock.
    pub fn holder(directory: &Path) -> Option<String> {
        let mut lock = open_own(&directory.join("lock"), File::options().read(true)).ok()?;
        let free = rustix::fs::flock(&lock, rustix::fs::FlockOperation::NonBlockingLockShared);
        if free != Err(rustix::io::Errno::WOULDBLOCK) {
            return None;
        }
        let mut holder = String::new();
        lock.read_to_string(&mut holder).ok()?;
        Some(holder.trim().to_owned())
    }

    fn path(&self) -> PathBuf {
        self.directory.join("journal")
    }

    fn write(&mut self, line: &[u8], durable: bool) -> io::Result<()> {
        let new = !self.path().exists();
        let mut options = File::options();
        let mut file = open_own(&self.path(), options.append(true).create(true).mode(0o600))?;
        let before = file.metadata()?.len();
        let written = file
            .write_all(line)
            .and_then(|()| if durable || new { file.sync_data() } else { Ok(()) });
        if let Err(error) = written {
            // Half a line must not be followed by a whole one. Should this fail as well, the next
            // start cuts it.
            let _ = file.set_len(before);
            return Err(error);
        }
        self.unsettled = !(durable || new);
        if new { self.sync_directory() } else { Ok(()) }
    }

    /// A new name in a directory is durable only when the directory is.
    fn sync_directory(&self) -> io::Result<()> {
        File::open(&self.directory)?.sync_all()
    }
}

/// The closed journals of a directory, the first one first.
fn archived(directory: &Path) -> io::Result<Vec<(u32, PathBuf)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        let number = path
            .file_name()
            .and_then(|n| n.to_str())
            .and_then(|n| n.strip_prefix("journal."))
            .map(str::parse);
        if let Some(Ok(number)) = number {
            found.push((number, path));
        }
    }
    found.sort();
    Ok(found)
}

/// Takes the lock of a file. Whoever only looks holds it for a moment, and that is waited for.
fn locked(lock: &File) -> rustix::io::Result<()> {
    let take = || rustix::fs::flock(lock, rustix::fs::FlockOperation::NonBlockingLockExclusive);
    take().or_else(|_| {
        std::thread::sleep(MOMENT);
        take()
    })
}

impl Store for FileStore {
    fn load(&mut self) -> io::Result<Vec<u8>> {
        own_bytes(&self.path(), LONGEST)
    }

    fn append(&mut self, line: &[u8]) -> io::Result<()> {
        self.write(line, true)
    }

    fn hint(&mut self, line: &[u8]) -> io::Result<()> {
        self.write(line, false)
    }

    fn sync(&mut self) -> io::Result<()> {
        if self.unsettled {
            open_own(&self.path(), File::options().append(true))?.sync_data()?;
            self.unsettled = false;
        }
        Ok(())
    }

    fn truncate(&mut self, len: u64) -> io::Result<()> {
        let file = open_own(&self.path(), File::options().write(true))?;
        file.set_len(len)?;
        file.sync_data()
    }

    fn closed(&self) -> io::Result<usize> {
        Ok(archived(&self.directory)?.len())
    }

    fn last_closed(&self) -> io::Result<Vec<u8>> {
        let last = archived(&self.directory)?.pop();
        last.map_or_else(|| Ok(Vec::new()), |(_, path)| own_bytes(&path, LONGEST))
    }

    fn archive(&mut self) -> io::Result<()> {
        let number = archived(&self.directory)?.last().map_or(1, |(n, _)| n + 1);
        fs::rename(self.path(), self.directory.join(format!("journal.{number}")))?;
        self.sync_directory()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_one_is_told_who_the_first_is() {
        let dir = tempfile::tempdir().unwrap();
        let first = FileStore::open(dir.path(), "root on admin, process 1").unwrap();
        match FileStore::open(dir.path(), "another") {
            Err(JournalError::Held(who)) => assert_eq!(who, "root on admin, process 1"),
            other => panic!("{other:?}"),
        }
        drop(first);
        FileStore::open(dir.path(), "another").unwrap();
    }

    #[test]
    fn closed_journals_keep_their_order() {
        let dir = tempfile::tempdir().unwrap();
        let mut store = FileStore::open(dir.path(), "x").unwrap();
        for n in 0..11 {
            store.append(format!("{n}\n").as_bytes()).unwrap();
            store.archive().unwrap();
        }
        let kept = |n: u32| fs::read_to_string(dir.path().join(format!("journal.{n}"))).unwrap();
        assert!((0..11).all(|n| kept(n + 1) == format!("{n}\n")));
        assert_eq!(store.load().unwrap(), b"");
    }
}
