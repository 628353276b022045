//! Why a run cannot use its journal: damage, a newer format, another process, or the disk. No error
//! here changes a node: without a journal a run begins nothing. The remedy is for `ui::stop` to
//! say.

use thiserror::Error;

/// Why a journal cannot be used.
#[derive(Debug, Error)]
pub enum JournalError {
    /// A line that no run of calha wrote: bytes were changed, lines removed or put in.
    #[error("line {line} of the journal is damaged: {why}")]
    Damaged { line: usize, why: String },
    #[error("the journal has version {found}; this calha reads up to {known}")]
    Newer { found: u32, known: u32 },
    /// Another calha works with it.
    #[error("in use by {0}")]
    Held(String),
    #[error("{0}")]
    Io(#[from] std::io::Error),
}
