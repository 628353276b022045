use crate::host::NodeName;
use crate::op::NodePath;
use crate::setting::Instance;

/// What of an instance moves between nodes: its group, and the file systems that follow it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    pub group: String,
    pub nodes: Vec<NodeName>,
    pub mounts: Vec<NodePath>,
}

impl Placement {
    /// Of an instance.
    pub fn of(instance: &Instance) -> Self {
        Self {
            group: instance.resource_group.clone(),
            nodes: instance.nodes.clone(),
            mounts: instance.file_systems().into_iter().map(|fs| fs.mount_point.clone()).collect(),
        }
    }
}
