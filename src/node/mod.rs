//! What a node is made of, in words: names, paths, entries, owners, commands, what they print, what
//! may be asked.
//!
//! Nothing here does anything to a node, and nothing here knows another room. [`Inspect`] is what
//! may be asked; who answers is `host`, what may be changed is `op`.

mod become_program;
mod command;
mod entry;
mod files;
mod host_error;
mod inspect;
mod mode;
mod node_name;
mod node_path;
mod output;
mod owner;
mod question;
mod sum;

pub use become_program::BecomeProgram;
pub use command::Command;
pub use entry::Entry;
pub use files::{Files, resolve};
pub use host_error::HostError;
pub use inspect::Inspect;
pub use mode::Mode;
pub use node_name::NodeName;
pub use node_path::NodePath;
pub use output::Output;
pub use owner::Owner;
pub use question::{Answer, Answered, Question};
pub use sum::Sum;
