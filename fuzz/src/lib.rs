//! What holds of any bytes that come from outside: one law for each kind of text that calha reads.
//!
//! A law takes the bytes and panics where it is broken. libFuzzer calls it (`fuzz_targets`), and
//! `tests/fuzz` does with seeds that it damages by chance. A law takes time in proportion to its
//! bytes: `tests/fuzz/growth.rs` holds it to that.

#[path = "../../tests/documents/findings.rs"]
mod findings;
mod target;
#[path = "../../tests/documents/wanted.rs"]
mod wanted;

pub mod agent_log;
pub mod cluster;
pub mod configurator;
pub mod frame;
pub mod ics_conf;
pub mod journal;
pub mod profile;
pub mod registration;
pub mod result;
pub mod syslog_conf;
pub mod vfstab;

pub use target::Target;
