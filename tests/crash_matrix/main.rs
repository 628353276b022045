//! The engine over nodes in memory: killed at every durable point, then resumed or taken back.

mod bad_input;
mod bench;
mod matrix;
mod mutations;
mod points;
mod whole;
