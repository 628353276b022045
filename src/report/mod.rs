//! The hand-over report of an installation: what was done, on whose word, how it was proved, what stays, how to operate it and how to remove it.

mod operation;
#[allow(clippy::module_inception)]
mod report;
mod run;
mod told;

pub use operation::Operation;
pub use report::Report;
pub use run::Run;
pub use told::{Told, told};
