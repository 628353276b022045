//! Settings: what an administrator is asked, what was answered, and the typed, complete and valid
//! result.
//!
//! Everything starts from the [`registry`]: one entry a setting. Questions, TOML keys, `--set`, the
//! commented example, the schema and the reference come from it.
//!
//! It refuses to guess: an answer that a shell, vfstab or `scrgadm` could take for something else
//! is a [`Problem`](crate::problem::Problem), and all problems are reported together.

mod among;
mod answer;
mod answers;
mod assignment;
mod build;
mod check;
mod choice;
mod difference;
mod evaluate;
mod fallback;
mod fault;
mod group;
mod kind;
mod members;
mod named;
mod need;
mod origin;
mod registry;
mod resolve;
mod rule;
mod secret;
mod settings;
mod value;

pub use among::Among;
pub use answer::Answer;
pub use answers::{Answers, MOST_PROBLEMS};
pub use assignment::{assign, typed};
pub use choice::Choice;
pub use difference::{differences, digest};
pub use evaluate::{Evaluation, evaluate};
pub use fallback::Fallback;
pub use fault::Fault;
pub use group::Group;
pub use kind::Kind;
pub use members::Members;
pub use named::misnamed;
pub use need::Need;
pub use origin::Origin;
pub use registry::{Found, Setting, lookup, matching, registry};
pub use resolve::{Resolved, conflicts, members, reached, resolve};
pub use secret::SecretRef;
pub use settings::{
    Account, Become, Cluster, Configurator, Connection, Directories, Directory, FileSystem,
    FileSystemKind, Installer, InstallerKind, Instance, Limits, LogicalHost, Model, RunMode,
    Settings,
};
pub use value::Value;
