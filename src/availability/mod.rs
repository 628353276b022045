//! Choosing a model: what speaks for each (6.1.1 to 6.1.4), and how long each is down (6.1.5).

mod downtime;
mod models;
mod share;

pub use downtime::Downtime;
pub use models::{ModelFacts, models};
pub use share::Share;
