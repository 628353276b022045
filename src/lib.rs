//! calha takes an administrator through making Calendar Server 6.3 highly available on Sun Cluster.
//!
//! 1. A *guide* turns *settings* into *steps*.
//! 2. A step looks at a *host* and answers with *operations*.
//! 3. Operations are a closed enum: the same few functions print, simulate, run, journal and undo
//!    them.
//! 4. The *engine* moves operations through a *journal* whose state machine is total.
//! 5. Install, resume, rehearsal and tests are one engine over different hosts.
//!
//! ARCHITECTURE.md has a line for each room, and says which one may know which.

#![warn(clippy::disallowed_methods, clippy::disallowed_macros, clippy::module_inception)]

pub mod availability;
pub mod cli;
pub mod cluster;
pub mod document;
pub mod engine;
pub mod exit;
#[expect(clippy::disallowed_methods, reason = "this room opens what others open by name")]
pub mod file;
pub mod guide;
pub mod host;
pub mod interview;
pub mod journal;
pub mod lab;
pub mod node;
pub mod op;
pub mod plan;
pub mod problem;
pub mod profile;
pub mod report;
pub mod resource_type;
pub mod setting;
pub mod step;
pub mod text;
pub mod type_upgrade;
pub mod ui;
pub mod worksheet;
