//! One thing that is wrong, said the same way everywhere: what, where, and what to do about it; and every code that it may have.

mod code;
mod codes;
mod page;
#[allow(clippy::module_inception)]
mod problem;

pub use code::{Code, Effect};
pub use codes::{AREAS, codes, known};
pub use page::{entry, page};
pub use problem::Problem;
