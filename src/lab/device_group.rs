//! A device group and the node that masters it. Mounting a failover file system and `scswitch -z
//! -D` move it; nothing else of a volume manager is simulated.

use serde::{Deserialize, Serialize};

use crate::node::NodeName;

/// A device group (a diskset) as `scstat -D` shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceGroup {
    pub name: String,
    pub nodes: Vec<NodeName>,
    pub primary: Option<NodeName>,
}
