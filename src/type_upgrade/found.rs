//! What the cluster says before an upgrade.

use serde::{Deserialize, Serialize};

use crate::node::NodeName;

/// The resources of a cluster, their groups, and the registered versions of one type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    pub resources: Vec<FoundResource>,
    pub groups: Vec<FoundGroup>,
    pub registered: Vec<Registered>,
    /// The members that run no methods just now.
    pub down: Vec<NodeName>,
}

/// A resource.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundResource {
    pub name: String,
    pub group: String,
    /// The full name of its type.
    pub kind: String,
    pub enabled: bool,
    pub monitored: bool,
    /// Nodes on which it runs.
    pub up: Vec<NodeName>,
    /// Nodes and states in which no upgrade begins: a failed method, a state that calha does not
    /// know.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub odd: Vec<(NodeName, String)>,
    /// Resources that have to be enabled while it is. The implicit dependency on an address orders
    /// methods and is none of these.
    pub needs: Vec<String>,
    /// Its properties, where somebody has asked for them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<FoundValue>,
}

/// A property of a resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundValue {
    pub name: String,
    /// The author's own, not one of the system.
    pub extension: bool,
    pub values: Vec<String>,
}

/// A resource group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundGroup {
    pub name: String,
    pub nodes: Vec<NodeName>,
    pub managed: bool,
    /// Nodes on which it is online.
    pub online: Vec<NodeName>,
    /// Nodes and states in which no upgrade begins.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub odd: Vec<(NodeName, String)>,
}

/// A registered version of the type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registered {
    pub full: String,
    /// RT_version.
    pub version: String,
    /// Absent: all nodes.
    pub nodes: Option<Vec<NodeName>>,
    /// RT_system: it cannot be unregistered while this stands.
    pub system: bool,
    /// Methods with their whole paths.
    pub methods: Vec<(String, String)>,
}

impl Found {
    pub fn resource(&self, name: &str) -> Option<&FoundResource> {
        self.resources.iter().find(|resource| resource.name == name)
    }

    pub fn group(&self, name: &str) -> Option<&FoundGroup> {
        self.groups.iter().find(|group| group.name == name)
    }

    /// Enabled resources that need one of these, directly or through others; not these themselves.
    pub fn dependents(&self, of: &[String]) -> Vec<&FoundResource> {
        let mut all: Vec<&FoundResource> = Vec::new();
        loop {
            let has = |name: &String| of.contains(name) || all.iter().any(|r| r.name == *name);
            let next = self
                .resources
                .iter()
                .find(|r| r.enabled && !has(&r.name) && r.needs.iter().any(has));
            match next {
                Some(resource) => all.push(resource),
                None => return all,
            }
        }
    }

    /// These resources, each behind what it needs.
    pub fn in_order(&self, names: &[String]) -> Vec<&FoundResource> {
        let mut left: Vec<&FoundResource> =
            self.resources.iter().filter(|r| names.contains(&r.name)).collect();
        let mut ordered = Vec::new();
        while !left.is_empty() {
            let ready = |r: &&FoundResource| left.iter().all(|l| !r.needs.contains(&l.name));
            // The cluster accepts no circle; taking the first keeps this total.
            let at = left.iter().position(ready).unwrap_or(0);
            ordered.push(left.remove(at));
        }
        ordered
    }
}

impl FoundResource {
    /// The values of a property; nothing where it has none of that name.
    pub fn value(&self, name: &str) -> Option<&FoundValue> {
        self.values.iter().find(|value| value.name.eq_ignore_ascii_case(name))
    }
}
