//! The cluster's vocabulary: the words in which a cluster tells its states, its release, its votes
//! and its groups of adapters, and the log of its agents.
//!
//! Another dialect of Sun Cluster would be spelt here. What follows from a state for a step is the
//! step's affair, and nothing here asks or changes a node.

mod group_state;
pub mod log;
mod meaning;
mod multipathing;
mod quorum;
mod release;
mod resource_state;

pub use group_state::GroupState;
pub use meaning::Meaning;
pub use multipathing::Multipathing;
pub use quorum::Quorum;
pub use release::Release;
pub use resource_state::ResourceState;

/// Where the cluster's software is on a node.
pub const DIRECTORY: &str = "/usr/cluster";
