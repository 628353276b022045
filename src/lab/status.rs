//! What an agent says of its resource on one node, for scstat(1M). It is not the resource's
//! state, and no decision of the lab goes by it.

use serde::{Deserialize, Serialize};

/// The "Status Message" column of scstat(1M): a keyword and a text that the agent sets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// Capitalised: Online, Offline, Degraded, Faulted, Unknown.
    pub keyword: String,
    pub message: String,
}

impl Default for Status {
    fn default() -> Self {
        Self { keyword: "Offline".into(), message: String::new() }
    }
}
