//! The cluster's vocabulary: what it is told ([`commands`]), what it is asked ([`queries`]), the
//! words of its states and what they mean, and the [`log`] of its agents.
//!
//! This is the one dialect that calha speaks; another would be spelt here. What follows from a
//! state for a step is the step's affair, and nothing here asks or changes a node.

/// The path of one of the cluster's programs.
macro_rules! program {
    ($program:literal) => {
        concat!("/usr/cluster/bin/", $program)
    };
}

pub mod commands;
mod group_state;
pub mod log;
mod meaning;
mod multipathing;
mod node_state;
mod property;
pub mod queries;
mod quorum;
mod release;
mod resource_state;
mod state_entry;
mod switch;
mod type_name;

pub use group_state::GroupState;
pub use meaning::Meaning;
pub use multipathing::Multipathing;
pub use node_state::NodeState;
pub use property::Property;
pub use quorum::Quorum;
pub use release::Release;
pub use resource_state::ResourceState;
pub use state_entry::{state_entry, state_words};
pub use switch::Switch;
pub use type_name::{REGISTRATION_FILES, versions};

use crate::node::Command;

/// Where the cluster's software is on a node.
pub const DIRECTORY: &str = "/usr/cluster";

/// Functions for the monitor code of a type: under which of its two names a version is registered.
pub const MONITOR: &str = include_str!("monitor.sh");

/// Whether a command is one of the cluster's own.
pub fn is_command(command: &Command) -> bool {
    command.program.as_str().starts_with("/usr/cluster/bin/")
}
