//! The way out of a failed method: what to read and what to type before calha goes on. It is data,
//! for a screen, for JSON and for a report.

use serde::{Deserialize, Serialize};

/// What somebody does before the next command of calha.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remedy {
    /// What no command does: "put right why CAL-HASP-RS does not start on Node1".
    pub first: String,
    /// Where the reason stands.
    pub logs: Vec<String>,
    /// To be typed on a node of the cluster, in this order.
    pub commands: Vec<String>,
    /// What has not started: a resource, and once the installation is known the instance whose
    /// service it is, which `calha service restart` starts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restart: Option<String>,
}

impl Remedy {
    /// The same where the profile is known, as it stands on a command line: calha itself starts a
    /// service.
    pub fn typed(&self, profile: &str) -> String {
        let Some(instance) = &self.restart else { return self.told() };
        let logs = self.logs.join(", ");
        format!("{}: read {logs}; then type calha service restart {profile} {instance}", self.first)
    }

    /// In one line.
    pub fn told(&self) -> String {
        let commands = self.commands.join("; ");
        format!("{}: read {}; then type {commands}", self.first, self.logs.join(", "))
    }
}
