//! The way out of a failed method: what to read and what to type before calha goes on. It is data,
//! for a screen, for JSON and for a report.

use serde::{Deserialize, Serialize};

use crate::node::NodeName;

/// What somebody does before the next command of calha.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remedy {
    /// What no command does: "put right why CAL-HASP-RS does not start on Node1".
    pub first: String,
    /// Where the reason stands.
    pub logs: Vec<String>,
    /// To be typed in this order; none where it is enough to put the reason right.
    pub commands: Vec<String>,
    /// Where: a node of the cluster.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node: Option<NodeName>,
    /// What has not started: a resource, and once the installation is known the instance whose
    /// service it is, which `calha service restart` starts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restart: Option<String>,
    /// What has not stopped: a resource.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<String>,
}

impl Remedy {
    /// In one line.
    pub fn told(&self) -> String {
        let commands = self.commands.join("; ");
        let on = self.node.as_ref().map_or_else(String::new, |node| format!("on {node}: "));
        format!("{}: read {}; then type {on}{commands}", self.first, self.logs.join(", "))
    }
}
