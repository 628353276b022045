//! The members of a cluster and how each is reached: as much of a profile as work on resource types
//! needs. A profile with only `[cluster]` and `[node.NAME]` has it. Nothing is said about the rest
//! of the profile.

use std::collections::BTreeMap;

use super::{Answers, Become, Connection};
use crate::node::NodeName;

/// The members of a cluster, in the order of preference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Members {
    /// The cluster's name.
    pub cluster: String,
    pub nodes: Vec<NodeName>,
    pub connections: BTreeMap<NodeName, Connection>,
    /// Nodes whose connection does not lead to the superuser.
    pub becomes: BTreeMap<NodeName, Become>,
    /// Seconds that a question to a node may take.
    pub query: u64,
    /// Seconds that a command of the cluster may take.
    pub within: u64,
}

/// What settings have to be in order, whatever else a profile lacks.
const NEEDED: [&str; 5] =
    ["cluster.name", "cluster.nodes", "node.", "limit.query", "limit.cluster"];

impl Members {
    /// Whether this setting, or what a problem says that begins with its key, is about them.
    pub fn need(key: &str) -> bool {
        NEEDED.iter().any(|needed| key.starts_with(needed))
    }

    /// Variables of the environment that hold passwords.
    pub fn secret_variables(&self) -> Vec<String> {
        self.becomes.values().filter_map(|given| given.password.as_ref()?.variable()).collect()
    }

    /// Whether the answers are about the members alone, and nothing is to be installed.
    pub fn are_all(answers: &Answers) -> bool {
        let is_empty = answers.iter().next().is_none();
        let only = answers.instances().is_empty() && answers.iter().all(|(key, _)| Self::need(key));
        !answers.is_unreadable() && !is_empty && only
    }
}
