//! Profiles: settings in a TOML file, read and written.
//!
//! Reading collects: an unknown key does not hide a value of the wrong type ten lines below. Every
//! answer keeps its line. Writing keeps every answer and shows every other setting as a comment.
//! The schema and the reference page come from the same registry.

mod addition;
mod comment;
mod entry;
mod example;
mod flatten;
mod load;
mod parse;
mod profile_file;
mod reference;
mod schema;
mod shape;
mod shown;
mod slip;
mod write;

pub use addition::with_instance;
pub use comment::provision;
pub use entry::entry;
pub use example::{example, guide_values};
pub use load::{load, load_members};
pub use parse::parse;
pub use profile_file::ProfileFile;
pub use reference::reference;
pub use schema::schema;
pub use shown::shown;
pub use write::write;
