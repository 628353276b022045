//! The state of a simulated cluster, as one value that can be saved, cloned and compared. It
//! holds no clock of this machine and no process id, so that equal histories give equal values.
//! The bytes of files are in `Storage`; the rules for changing the state are in `rgm` and in the
//! programs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    DeviceGroup, Fault, Group, Interruption, Machine, Mount, Personality, Resource, ResourceType,
    Site, Volume,
};
use crate::node::NodeName;

/// Everything a simulated cluster knows apart from the bytes of its files: the repository that real
/// nodes share.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cluster {
    pub name: String,
    /// What kind of nodes these are.
    #[serde(default)]
    pub personality: Personality,
    /// Every machine of the lab, the directory server's host too, which is no member.
    pub hosts: BTreeMap<NodeName, Machine>,
    /// Registered resource types.
    pub types: Vec<ResourceType>,
    pub groups: Vec<Group>,
    pub resources: Vec<Resource>,
    pub mounts: Vec<Mount>,
    pub volumes: Vec<Volume>,
    pub device_groups: Vec<DeviceGroup>,
    /// Paths of vendor programs whose place is a setting, and which simulated program stands there.
    pub programs: BTreeMap<String, String>,
    pub site: Site,
    /// Whether comm_dssetup.pl has prepared the directory.
    pub directory_prepared: bool,
    /// How many of what it adds are there after a run that did half.
    #[serde(default)]
    pub directory_parts: usize,
    pub faults: Vec<Fault>,
    /// Services that were stopped while they ran.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub interruptions: Vec<Interruption>,
    /// Virtual seconds since 1970; advances by one with every change.
    pub clock: u64,
}

impl Cluster {
    /// The word for a state of a group or resource, unless somebody wants it to be another.
    pub(crate) fn says<'a>(&'a self, of: &str, word: &'a str) -> &'a str {
        let other = self.faults.iter().find_map(|fault| match fault {
            Fault::StateReads { of: name, word } if name == of => Some(word.as_str()),
            _ => None,
        });
        other.unwrap_or(word)
    }

    /// Members of the cluster by node id.
    pub fn members(&self) -> Vec<NodeName> {
        let mut all: Vec<_> = self.hosts.iter().filter(|(_, m)| m.id != 0).collect();
        all.sort_by_key(|(_, m)| m.id);
        all.into_iter().map(|(name, _)| name.clone()).collect()
    }

    /// Whether `host` runs in cluster mode.
    pub fn is_up(&self, host: &NodeName) -> bool {
        self.hosts.get(host).is_some_and(|m| m.up && m.cluster_mode)
    }

    /// The group of this name.
    pub fn group(&self, name: &str) -> Option<&Group> {
        self.groups.iter().find(|g| g.name == name)
    }

    pub(crate) fn group_mut(&mut self, name: &str) -> Option<&mut Group> {
        self.groups.iter_mut().find(|g| g.name == name)
    }

    /// The resource of this name.
    pub fn resource(&self, name: &str) -> Option<&Resource> {
        self.resources.iter().find(|r| r.name == name)
    }

    pub(crate) fn resource_mut(&mut self, name: &str) -> Option<&mut Resource> {
        self.resources.iter_mut().find(|r| r.name == name)
    }

    /// Names of the resources of a group, in the order of their creation.
    pub fn resources_of(&self, group: &str) -> Vec<String> {
        self.resources.iter().filter(|r| r.group == group).map(|r| r.name.clone()).collect()
    }

    /// Managed groups that are up, or on their way, on a node.
    pub(crate) fn managed_on(&self, node: &NodeName) -> Vec<String> {
        let here = self.groups.iter().filter(|g| g.managed && g.states.contains_key(node));
        here.map(|g| g.name.clone()).collect()
    }

    /// The registered type that `name` means: vendor and version may be left out when that is
    /// unambiguous.
    pub fn resource_type(&self, name: &str) -> Option<&ResourceType> {
        if let Some(exact) = self.types.iter().find(|t| t.name == name) {
            return Some(exact);
        }
        let mut fitting = self.types.iter().filter(|t| t.answers_to(name));
        match (fitting.next(), fitting.next()) {
            (Some(one), None) => Some(one),
            _ => None,
        }
    }

    /// The file system mounted on exactly `point` of `host`.
    pub fn mount_at(&self, host: &NodeName, point: &str) -> Option<&Mount> {
        self.mounts.iter().find(|m| m.host == *host && m.point == point)
    }

    /// The configuration without what only the lab itself cares about; two clusters with equal
    /// facts are the same to an administrator.
    pub fn facts(&self) -> Self {
        Self { faults: Vec::new(), interruptions: Vec::new(), clock: 0, ..self.clone() }
    }
}
