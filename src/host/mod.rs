//! Hosts: everything calha can look at goes through the trait [`Inspect`], everything that it can
//! change through [`Host`].
//!
//! Install, dry run, verify, rehearsal and tests differ only in which host the engine is given. This module knows no
//! guide and no step.

mod acquaintance;
mod asking;
mod becoming;
#[expect(clippy::disallowed_methods, reason = "this is where a node is reached")]
mod connector;
mod delivery;
mod due;
mod entry;
mod files;
mod frame;
#[allow(clippy::module_inception)]
mod host;
mod host_error;
mod inspect;
mod line;
mod listing;
mod node_name;
mod outcome;
mod output;
mod overlay;
mod question;
mod read_only;
mod rounds;
mod session;
mod shell_host;
mod terminal;
mod token;
mod watcher;

pub use acquaintance::Acquaintance;
pub use becoming::{BecomeProgram, Becoming};
pub use connector::Connector;
pub use due::Due;
pub use entry::Entry;
pub use files::{Files, resolve};
pub use host::{Answered, Applied, AppliedAndAnswered, Host, TakenAndAnswered};
pub use host_error::HostError;
pub use inspect::Inspect;
pub use node_name::NodeName;
pub use output::Output;
pub use overlay::Overlay;
pub use question::{Answer, Question};
pub use read_only::ReadOnly;
pub use rounds::{Answers, Rounds};
pub use session::Session;
pub use shell_host::ShellHost;
pub use watcher::Watcher;
