//! A running service that a run is going to cut off. Which ones these are is found in `outages`.

use serde::{Deserialize, Serialize};

/// A running service that the plan cuts off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outage {
    /// Its resource.
    pub service: String,
    /// The step that does it.
    pub step: String,
    /// What happens to its users.
    pub what: String,
}
