//! The hand-over report of an installation: what was done, on whose word, how it was proved, what
//! stays, how to operate it and how to remove it.

mod operate;
mod operation;
#[allow(clippy::module_inception)]
mod report;
mod step_report;
mod told;

pub use operate::Operate;
pub use operation::Operation;
pub use report::Report;
pub use step_report::StepReport;
pub use told::{Told, told};
