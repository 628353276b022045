use serde::{Deserialize, Serialize};

use crate::host::NodeName;

/// An operation that did not do what it should. The run stops there and keeps everything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    pub step: String,
    pub title: String,
    /// Section of the guide, with errata.
    pub section: String,
    pub node: NodeName,
    pub commands: Vec<String>,
    pub status: Option<i32>,
    /// The last lines that it printed.
    pub tail: String,
}
