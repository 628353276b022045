//! Profiles: read, written, asked for, and checked by the program.

mod command;
mod interview;
mod offers;
mod read;
mod write;
