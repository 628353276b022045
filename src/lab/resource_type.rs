use serde::{Deserialize, Serialize};

use super::Extension;

/// A registered resource type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResourceType {
    /// `SUNW.HAStoragePlus:4` when its RTR file has `#$upgrade`, else without version, whatever RT_version says.
    pub name: String,
    pub version: String,
    pub description: String,
    pub basedir: String,
    pub packages: Vec<String>,
    /// `None` = all nodes.
    pub nodes: Option<Vec<String>>,
    pub extensions: Vec<Extension>,
}

impl ResourceType {
    /// `SUNW.HAStoragePlus` of `SUNW.HAStoragePlus:4`.
    pub fn base(&self) -> &str {
        self.name.split(':').next().unwrap_or(&self.name)
    }

    /// Whether `name` means this type: vendor prefix, version or both may be left out (817-6555/ss-rgm-chars-names-2).
    pub fn answers_to(&self, name: &str) -> bool {
        let short = self.base().split_once('.').map_or(self.base(), |(_, s)| s);
        let full_short = self.name.split_once('.').map_or(self.name.as_str(), |(_, s)| s);
        name == self.name || name == self.base() || name == short || name == full_short
    }
}
