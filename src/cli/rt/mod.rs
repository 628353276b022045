//! `calha rt`: resource types, the second guide. Most work on registration (RTR) files alone;
//! `which` asks a cluster, and `upgrade` changes one.

mod bump;
mod commands;
mod diff;
mod document;
mod input;
mod lint;
mod new;
mod rehearsal_course;
mod rehearsal_nodes;
mod rehearsal_values;
mod rehearse;
mod show;
mod upgrade;
mod upgrade_files;
mod upgrade_text;
mod values;
mod which;

pub use commands::Rt;
pub use values::types;
