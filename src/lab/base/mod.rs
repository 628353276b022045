//! Base commands of Solaris 8: strict, so that what a real node refuses is refused here.
//!
//! Those that the lab must do itself (owners, mount points, links inside the root) are native; the
//! others check their options and hand over to this machine's command of the same name.

pub(crate) mod copying;
pub(crate) mod finding;
#[expect(clippy::disallowed_methods, reason = "the machine's own commands play a node's")]
pub(crate) mod inside;
pub(crate) mod last_line;
pub(crate) mod listing;
pub(crate) mod making;
pub(crate) mod own_entry;
pub(crate) mod owning;
#[expect(clippy::disallowed_methods, reason = "the machine's own commands play a node's")]
pub(crate) mod passing;
pub(crate) mod reading;
pub(crate) mod started;
pub(crate) mod testing;
