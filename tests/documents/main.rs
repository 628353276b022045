//! Documents keep every byte, an edit touches nothing but its own entry, and what would make it
//! wrong is said beforehand.

mod as_they_come;
mod diffs;
mod findings;
mod ha_block;
mod ics_conf;
mod laws;
mod speed;
mod vfstab;
mod wanted;
