//! Hosts: everything calha can look at goes through the trait [`Inspect`], everything that it can
//! change through [`Host`].
//!
//! Install, dry run, verify, rehearsal and tests differ only in which host the engine is given.
//! This module knows no guide and no step.

mod acquaintance;
mod asking;
mod becoming;
#[expect(clippy::disallowed_methods, reason = "this is where a node is reached")]
mod connector;
mod delivery;
mod due;
mod frame;
#[allow(clippy::module_inception)]
mod host;
mod line;
mod listing;
mod outcome;
mod overlay;
mod read_only;
mod session;
mod shell_host;
mod terminal;
mod token;
mod watcher;

pub use acquaintance::Acquaintance;
pub use becoming::Becoming;
pub use connector::Connector;
pub use due::Due;
pub use host::{Applied, AppliedAndAnswered, Host, TakenAndAnswered};
pub use overlay::Overlay;
pub use read_only::ReadOnly;
pub use session::Session;
pub use shell_host::ShellHost;
pub use watcher::Watcher;
