//! A shared disk with a file system on it. Where it is mounted, a `Mount` says; its files are a
//! tree of their own in `Storage`.

use serde::{Deserialize, Serialize};

/// A shared disk that already holds a file system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Volume {
    /// A plain name, also that of its directory in a lab on disk.
    pub name: String,
    pub block_device: String,
    pub raw_device: String,
    /// Empty where none has been made yet.
    pub fs_type: String,
}
