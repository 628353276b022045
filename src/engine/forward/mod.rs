//! The way forward: the steps of a run in their order, and the operations of each. An operation is
//! looked at, decided about, written down, sent, noted and told, in this order. What can be refused
//! or asked beforehand was refused or asked by `install`.

mod decided;
mod steps;
mod tasks;
mod telling;

pub(super) use steps::{Numbered, step_begins};
