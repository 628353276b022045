//! One thing that is wrong, said the same way everywhere: what, where, and what to do about it; and
//! every code that it may have.

mod code;
pub(crate) mod codes;
mod entry;
mod one_problem;
mod page;
mod way_out;

pub use code::{Code, StepCode};
pub use codes::{AREAS, can_be_accepted, codes, known, step_in};
pub use entry::{Effect, Entry};
pub use one_problem::{Ending, Problem};
pub use page::{entry, page};
pub use way_out::WayOut;
