//! Guides: settings in, steps out, in the order in which they must be done.

mod debugging;
mod errata;
mod erratum;
mod evidence;
mod explain;
#[allow(clippy::module_inception)]
mod guide;
mod instances;
mod page;
mod placement;
mod row;
mod rows;

pub use errata::{errata, erratum};
pub use erratum::Erratum;
pub use evidence::Evidence;
pub use explain::explain;
pub use guide::Guide;
pub use page::page;
pub use placement::Placement;
pub use row::Row;
pub use rows::rows;
