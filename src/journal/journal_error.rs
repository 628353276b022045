//! Why a run cannot use its journal: damage, a newer format, another process, or the disk. No error
//! here changes a node: without a journal a run begins nothing. The remedy is for `ui::stop` to
//! say.

use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

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
    /// Its file cannot be opened, or its directory or lock cannot be made.
    #[error("{} cannot be {}: {why}", path.display(), if *reading { "read" } else { "written" })]
    Closed {
        path: PathBuf,
        /// Somebody only wanted to look.
        reading: bool,
        why: std::io::Error,
        /// Whose it is, where that is another user: the ID of the nearest file or directory that
        /// can be seen.
        owner: Option<u32>,
    },
    /// A line could not be added, or a part not be loaded: the disk.
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

impl JournalError {
    /// What cannot be opened, with its owner.
    pub(super) fn closed(path: &Path, reading: bool, why: std::io::Error) -> Self {
        let nearest = path.ancestors().find_map(|one| one.symlink_metadata().ok());
        let owner = nearest.map(|about| about.uid());
        let owner = owner.filter(|owner| *owner != rustix::process::geteuid().as_raw());
        Self::Closed { path: path.to_owned(), reading, why, owner }
    }
}
