//! A shared file system that is mounted on a node. Mounting and its rules are in `rgm::storage`;
//! on disk, `mounted` makes the directories agree.

use serde::{Deserialize, Serialize};

use crate::node::NodeName;

/// One line of a node's mount table that stands for a shared file system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mount {
    pub host: NodeName,
    pub special: String,
    pub point: String,
    pub fs_type: String,
    pub options: String,
    /// The volume whose root shows there.
    pub volume: String,
    pub since: u64,
}
