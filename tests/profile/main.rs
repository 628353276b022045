//! Profiles: read, written, asked for, and checked by the program.

mod command;
mod interview;
mod read;
mod write;
