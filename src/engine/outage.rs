//! A running service that a run is going to cut off. Which ones these are is found in `outages`.

use serde::{Deserialize, Serialize};

use crate::node::NodeName;

/// A running service that the plan cuts off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outage {
    /// Its resource.
    pub service: String,
    /// The step that does it.
    pub step: String,
    /// What happens to its users, and for how long.
    pub what: String,
}

impl Outage {
    /// Its group goes to another node. `seconds`: how long calha waits for that.
    pub(super) fn moving(service: &str, step: &str, seconds: u64) -> Self {
        Self::lasting(service, step, "its group moves", seconds)
    }

    /// It is stopped and started again where it is.
    pub(super) fn restarting(service: &str, step: &str, seconds: u64) -> Self {
        Self::lasting(service, step, "it is stopped and started again", seconds)
    }

    /// It is stopped; `until` says what brings it back.
    pub(super) fn stopping(service: &str, step: &str, node: &NodeName, until: &str) -> Self {
        let what = format!("it runs on {node} and is stopped: users are not served until {until}");
        Self { service: service.to_owned(), step: step.to_owned(), what }
    }

    fn lasting(service: &str, step: &str, how: &str, seconds: u64) -> Self {
        let what = format!(
            "{how}: users are cut off while it stops and starts; calha waits at most {seconds} s"
        );
        Self { service: service.to_owned(), step: step.to_owned(), what }
    }
}
