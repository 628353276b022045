//! What of an instance moves between nodes, by the names that the cluster has for it. Steps and
//! engine ask this instead of the settings where they need to know on which node something stands.

use crate::node::{NodeName, NodePath};
use crate::setting::Instance;

/// What of an instance moves between nodes: its group, and the file systems that follow it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    pub name: String,
    /// As its steps name it: absent while there is only one.
    pub instance: Option<String>,
    /// The resource that users are served by.
    pub service: String,
    /// The account that it runs as.
    pub user: String,
    /// Where it writes its logs.
    pub logs: NodePath,
    /// The resources that it stands on: the logical host's, and the one that mounts.
    pub address: String,
    /// The name that the logical host's address has on the nodes.
    pub host_name: String,
    pub storage: String,
    pub group: String,
    pub nodes: Vec<NodeName>,
    pub mounts: Vec<NodePath>,
}

impl Placement {
    /// Of an instance; `several`: of more than one.
    pub fn of(instance: &Instance, user: &str, several: bool) -> Self {
        Self {
            name: instance.name.clone(),
            instance: several.then(|| instance.name.clone()),
            service: instance.service_resource.clone(),
            user: user.to_owned(),
            logs: instance.directories.logs.clone(),
            address: instance.logical_host.resource.clone(),
            host_name: instance.logical_host.name.to_string(),
            storage: instance.hasp_resource.clone(),
            group: instance.resource_group.clone(),
            nodes: instance.nodes.clone(),
            mounts: instance.file_systems().into_iter().map(|fs| fs.mount_point.clone()).collect(),
        }
    }
}
