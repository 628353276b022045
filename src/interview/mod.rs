//! The questions of a new profile: which one comes next, what is offered for it, what is wrong with
//! an answer, and the way back.
//!
//! Nothing here reads or writes a terminal. Every question is a setting of the registry; it is
//! asked when it is needed and neither given nor worked out from what was. Two more are none: which
//! node can be asked what it knows, and how many nodes there are.

mod answer;
mod back;
mod conversation;
mod follow;
mod known;
mod known_host;
mod offer;
mod offers;
mod topic;

pub use conversation::Interview;
pub use known::Known;
pub use known_host::KnownHost;
pub use offer::Offer;
pub use topic::Topic;
