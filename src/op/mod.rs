//! Operations: everything that may change a node, as data.
//!
//! The enum [`Op`] is closed on purpose: the same few functions print an operation ([`shell`]),
//! look whether it holds ([`reality`]), simulate it ([`effect`]), undo it ([`inverse`]) and
//! describe it. This module knows no step and no guide.

mod asked;
mod change;
mod check;
mod describe;
pub mod effect;
mod evidence;
mod flaw;
mod identity;
pub mod intent;
pub mod inverse;
mod leftover;
mod likeness;
mod op_id;
mod operation;
pub mod reality;
mod region;
mod resource_type;
mod run;
pub mod shell;
mod short_proof;
mod touches;
mod undo;

pub use change::{Change, Format};
pub use check::Check;
pub use flaw::{Flaw, active_fields, is_text};
pub use leftover::Leftover;
pub use likeness::{Likeness, same_path};
pub use op_id::OpId;
pub use operation::Op;
pub use reality::{Reality, trimmed};
pub use region::Region;
pub use run::{Run, Stdin};
pub use shell::{ShellText, quote};
pub use touches::Touches;
pub use undo::Undo;
