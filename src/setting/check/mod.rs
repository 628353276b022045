//! What a single value must look like, by type. Each check gives the reason and what to write
//! instead.

pub mod account;
pub mod address;
pub mod choice;
pub mod connection;
pub mod host;
pub mod integer;
pub mod mount;
pub mod name;
pub mod option;
pub mod path;
pub mod secret;
pub mod text;
