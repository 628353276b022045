//! The simulated cluster: strict where the real one is; the corrected procedure passes in it, typed by hand, in memory and on disk.

mod attended;
mod disk;
mod memory;
#[path = "../support/print_queue.rs"]
mod print_queue;
mod releases;
mod shell_host;
mod site;
mod speed;
mod strict;
mod types;
mod wrappers;
