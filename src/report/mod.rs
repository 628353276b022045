//! The hand-over report of an installation: what was done, on whose word, how it was proved, what
//! stays, how to operate it and how to remove it.

mod hand_over;
mod markdown_text;
mod operate;
mod operation;
mod state;
mod step_report;
mod told;

pub use hand_over::Report;
pub use operate::Operate;
pub use operation::Operation;
pub use step_report::StepReport;
pub use told::{Told, told};
