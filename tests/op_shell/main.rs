//! Every operation against every prior state: the shell form that reaches a node and the Rust form
//! that predicts it must agree.
//!
//! Runs under each shell that stands for a true Bourne shell here. A missing one fails where
//! CI=true and is named elsewhere.

mod agreement;
mod commands;
mod edits;
mod entries;
mod files;
mod oddities;
mod patterns;
mod regions;
#[path = "../support/root.rs"]
mod root;
mod second_user;
#[path = "../support/mod.rs"]
mod support;
mod tables;
mod undoing;
