//! A resource of a group: its properties, and its state and status on each node. It tells which
//! values hold and what it depends on; what its methods do is in `rgm`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ResourceState, ResourceType, Status};
use crate::node::NodeName;

/// A resource of a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Resource {
    pub name: String,
    /// Full name of its registered type.
    pub type_name: String,
    pub group: String,
    pub enabled: bool,
    pub monitored: bool,
    /// Standard properties that were set, in the manual's spelling.
    pub properties: BTreeMap<String, Vec<String>>,
    pub extensions: BTreeMap<String, Vec<String>>,
    /// Absent = OFFLINE.
    pub states: BTreeMap<NodeName, ResourceState>,
    pub status: BTreeMap<NodeName, Status>,
    /// Where a service that was started listens: ics.conf is read once, at the start (6.1.1).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub listens: BTreeMap<NodeName, (String, u16)>,
}

impl Resource {
    /// The state on one node.
    pub fn state(&self, node: &NodeName) -> ResourceState {
        self.states.get(node).copied().unwrap_or(ResourceState::Offline)
    }

    /// The status on one node: what the agent says, which is not the state.
    pub fn status(&self, node: &NodeName) -> Status {
        self.status.get(node).cloned().unwrap_or_default()
    }

    /// Values of a standard property; empty when not set.
    pub fn property(&self, name: &str) -> &[String] {
        self.properties.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// Values of an extension property; empty when not set.
    pub fn extension(&self, name: &str) -> &[String] {
        self.extensions.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// What holds of a property, the author's own or the system's: the values that were set, else
    /// the default that its type declares.
    pub fn value(&self, kind: &ResourceType, name: &str) -> Vec<String> {
        let own = |set: &BTreeMap<String, Vec<String>>| {
            set.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, v)| v.clone())
        };
        let declared = || kind.extension(name).or_else(|| kind.standard(name));
        own(&self.extensions)
            .or_else(|| own(&self.properties))
            .or_else(|| declared()?.default_values())
            .unwrap_or_default()
    }

    /// Resources that must be started before this one.
    pub fn depends_on(&self) -> impl Iterator<Item = &String> {
        [
            "Resource_dependencies",
            "Resource_dependencies_restart",
            "Resource_dependencies_offline_restart",
            "Network_resources_used",
        ]
        .into_iter()
        .flat_map(|p| self.property(p))
    }

    pub(crate) fn set(
        &mut self,
        node: &NodeName,
        state: ResourceState,
        keyword: &str,
        message: &str,
    ) {
        if !state.is_started() {
            self.listens.remove(node);
        }
        if state == ResourceState::Offline {
            self.states.remove(node);
        } else {
            self.states.insert(node.clone(), state);
        }
        self.status
            .insert(node.clone(), Status { keyword: keyword.into(), message: message.into() });
    }
}
