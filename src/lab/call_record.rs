//! One line of the lab's log of calls, which tests read to learn what was typed and what it
//! changed. It says that something changed, not what: a `Digest` tells that.

use serde::{Deserialize, Serialize};

use crate::node::NodeName;

/// One call of a simulated program, as the lab counted it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallRecord {
    pub host: NodeName,
    pub program: String,
    pub args: Vec<String>,
    pub status: i32,
    /// Whether the cluster's configuration or a file differs after it. Files of calha itself and
    /// temporary ones do not count.
    pub changed: bool,
}
