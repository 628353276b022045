//! The hosts of a run, and everything that exists to wait less for them: what they have said since
//! the last effect, operations and questions in one request, and what is asked ahead. Without this
//! room a run would take longer and come to the same end. It decides nothing: `decide` does.

mod batch;
pub(super) mod cache;
pub(super) mod lookahead;
mod lost_member;
mod meanwhile;
mod merge_steps;
pub(super) mod task;
