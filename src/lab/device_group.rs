use serde::{Deserialize, Serialize};

use crate::host::NodeName;

/// A device group (a diskset) as `scstat -D` shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceGroup {
    pub name: String,
    pub nodes: Vec<NodeName>,
    pub primary: Option<NodeName>,
}
