//! A journal in memory, for rehearsals and tests. It keeps what a file would keep, closed journals
//! too, but nothing outlives the process and nobody is locked out: for that there is `FileStore`.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use super::Store;

/// The open journal's bytes, and those of the closed ones.
type Kept = (Vec<u8>, Vec<Vec<u8>>);

/// A store in memory. Clones share the bytes.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore {
    kept: Arc<Mutex<Kept>>,
}

impl MemoryStore {
    /// A store that already holds these bytes and these closed journals.
    pub fn holding(bytes: Vec<u8>, closed: Vec<Vec<u8>>) -> Self {
        Self { kept: Arc::new(Mutex::new((bytes, closed))) }
    }

    /// The bytes now, and the closed journals.
    pub fn contents(&self) -> Kept {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn with<T>(&self, work: impl FnOnce(&mut Kept) -> T) -> T {
        work(&mut self.kept.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Store for MemoryStore {
    fn load(&mut self) -> io::Result<Vec<u8>> {
        Ok(self.with(|b| b.0.clone()))
    }

    fn append(&mut self, line: &[u8]) -> io::Result<()> {
        self.with(|b| b.0.extend_from_slice(line));
        Ok(())
    }

    fn truncate(&mut self, len: u64) -> io::Result<()> {
        self.with(|b| b.0.truncate(len as usize));
        Ok(())
    }

    fn closed(&self) -> io::Result<usize> {
        Ok(self.with(|b| b.1.len()))
    }

    fn archive(&mut self) -> io::Result<()> {
        self.with(|b| {
            let done = std::mem::take(&mut b.0);
            b.1.push(done);
        });
        Ok(())
    }
}
