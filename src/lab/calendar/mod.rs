//! Simulated programs of Communications Suite 5: installer, configurator, directory preparation,
//! start and stop.

pub(crate) mod configurator;
pub(crate) mod dssetup;
pub(crate) mod ics_conf;
pub(crate) mod installer;
pub(crate) mod panels;
pub(crate) mod start_stop;
pub(crate) mod state_file;
mod tasks;
