//! The dry run: what an installation will do, in order, as text, as shell scripts, as JSON.
//!
//! Each script holds the very text that an installation sends; the text form shows the commands and
//! the diffs of files.

mod dry_run;
mod guards;
mod plan_op;
mod plan_step;
mod script;
mod status;
mod switching;
mod text;

pub use dry_run::Plan;
pub use plan_op::PlanOp;
pub use plan_step::PlanStep;
pub use script::{Script, script_of, scripts};
pub use status::Status;
pub use text::text;
