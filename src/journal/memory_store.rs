//! A journal in memory, for rehearsals and tests. It keeps what a file would keep, closed journals
//! too, but nothing outlives the process and nobody is locked out: for that there is `FileStore`.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use super::Store;

/// What a store in memory holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// The open journal.
    pub open: Vec<u8>,
    /// The journals that were closed.
    pub closed: Vec<Vec<u8>>,
}

/// A store in memory. Clones share the bytes.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore {
    contents: Arc<Mutex<Contents>>,
}

impl MemoryStore {
    /// A store that already holds these bytes and these closed journals.
    pub fn holding(bytes: Vec<u8>, closed: Vec<Vec<u8>>) -> Self {
        Self { contents: Arc::new(Mutex::new(Contents { open: bytes, closed })) }
    }

    /// What it holds now.
    pub fn contents(&self) -> Contents {
        self.contents.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn with<T>(&self, work: impl FnOnce(&mut Contents) -> T) -> T {
        work(&mut self.contents.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Store for MemoryStore {
    fn load(&mut self) -> io::Result<Vec<u8>> {
        Ok(self.with(|contents| contents.open.clone()))
    }

    fn append(&mut self, line: &[u8]) -> io::Result<()> {
        self.with(|contents| contents.open.extend_from_slice(line));
        Ok(())
    }

    fn truncate(&mut self, len: u64) -> io::Result<()> {
        self.with(|contents| contents.open.truncate(len as usize));
        Ok(())
    }

    fn closed(&self) -> io::Result<usize> {
        Ok(self.with(|contents| contents.closed.len()))
    }

    fn last_closed(&self) -> io::Result<Vec<u8>> {
        Ok(self.with(|contents| contents.closed.last().cloned().unwrap_or_default()))
    }

    fn archive(&mut self) -> io::Result<()> {
        self.with(|contents| {
            let done = std::mem::take(&mut contents.open);
            contents.closed.push(done);
        });
        Ok(())
    }
}
