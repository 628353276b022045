//! Guides: settings in, steps out, in the order in which they must be done.

mod alone;
mod debugging;
mod effects_page;
mod errata;
mod erratum;
mod evidence;
mod explain;
mod installation;
mod instances;
mod page;
mod placement;
mod row;
mod rows;
mod type_section;
mod type_upgrade;

pub use effects_page::effects_page;
pub use errata::{errata, erratum};
pub use erratum::Erratum;
pub use evidence::Evidence;
pub use explain::{explain, place};
pub use installation::Guide;
pub use page::page;
pub use placement::Placement;
pub use row::Row;
pub use rows::{DOCUMENTS, rows};
pub use type_section::{TYPE_SECTIONS, TypeSection};
