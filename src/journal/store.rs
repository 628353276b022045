//! What a journal asks of the place where its bytes are kept: to load them, to add to them, to cut
//! a torn line, and to put a closed journal away. The promise is `append`: what it took survives
//! the loss of power. A store reads no record.

use std::io;

/// Where a journal's bytes are kept.
pub trait Store: Send {
    /// All bytes of the open journal; none when there is none yet.
    fn load(&mut self) -> io::Result<Vec<u8>>;
    /// Adds a line; durable when it returns.
    fn append(&mut self, line: &[u8]) -> io::Result<()>;
    /// Adds a line that nothing is lost without: it is durable when a later one is, or when
    /// [`Store::sync`] returns.
    fn hint(&mut self, line: &[u8]) -> io::Result<()> {
        self.append(line)
    }
    /// Makes hints durable.
    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }
    /// Cuts the journal to so many bytes: a line that was torn by a kill is dropped before the next
    /// is added.
    fn truncate(&mut self, len: u64) -> io::Result<()>;
    /// How many closed journals were put away.
    fn closed(&self) -> io::Result<usize> {
        Ok(0)
    }
    /// All bytes of the journal that was put away last; none when none was.
    fn last_closed(&self) -> io::Result<Vec<u8>> {
        Ok(Vec::new())
    }
    /// Puts the closed journal away; the next one begins empty.
    fn archive(&mut self) -> io::Result<()>;
}
