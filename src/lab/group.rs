//! A resource group: its node list, its properties and its state on each node. It answers where
//! the group stands; what moves it is in `rgm`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::GroupState;
use crate::node::NodeName;

/// A resource group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    pub name: String,
    /// Preference order (Nodelist).
    pub nodes: Vec<NodeName>,
    pub managed: bool,
    /// Properties other than the node list, in the spelling of the manual.
    pub properties: BTreeMap<String, String>,
    /// Absent = OFFLINE (or UNMANAGED).
    pub states: BTreeMap<NodeName, GroupState>,
}

impl Group {
    /// The state on one node as scha_resourcegroup_get knows it.
    pub fn state(&self, node: &NodeName) -> GroupState {
        if !self.managed {
            return GroupState::Unmanaged;
        }
        self.states.get(node).copied().unwrap_or(GroupState::Offline)
    }

    /// The node on which the group is neither offline nor unmanaged.
    pub fn place(&self) -> Option<NodeName> {
        self.nodes.iter().find(|n| self.managed && self.state(n) != GroupState::Offline).cloned()
    }

    pub(crate) fn set(&mut self, node: &NodeName, state: GroupState) {
        if state == GroupState::Offline {
            self.states.remove(node);
        } else {
            self.states.insert(node.clone(), state);
        }
    }
}
