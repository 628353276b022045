//! Settings.

mod settings;

pub use settings::*;
