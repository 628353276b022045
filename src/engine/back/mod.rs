//! Undoing: which operations are undone, of everything or of one instance, in which order, and
//! what somebody settles by hand. It looks before each undo and undoes nothing that calha did not
//! do.

mod announce;
mod ended;
pub(super) mod instance;
mod leftovers;
mod order;
mod place;
mod propose;
mod resolve;
mod undo;
