//! The upgrade of existing resources to another version of their type: what the cluster says of
//! them, and what follows from that and from the registration files.
//!
//! The plan is data. It is made once, before the first change, and kept in the journal, so a run
//! that goes on and one that undoes everything do what was shown. Nothing here asks or changes
//! a node.

mod action;
mod found;
mod lowering;
mod moving;
mod planner;
mod request;
mod stages;
mod upgrade_plan;
mod values;
mod version;
mod wave;

pub use action::Action;
pub use found::{Found, FoundGroup, FoundResource, FoundValue, Registered};
pub use moving::{Back, Move};
pub use planner::plan;
pub use request::{Assignment, Request};
pub use upgrade_plan::{Registration, Removal, UpgradePlan};
pub use version::{Version, Versions};
pub use wave::Wave;
