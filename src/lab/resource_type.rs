//! A resource type as the cluster's repository keeps it once it is registered.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::DeclaredProperty;
use crate::resource_type::Upgrade;

/// A registered resource type. Several versions of one type stand side by side, each under a name
/// of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResourceType {
    /// `SUNW.HAStoragePlus:4` when its file has `#$upgrade`, else without version, whatever
    /// RT_version says.
    pub name: String,
    pub version: String,
    pub description: String,
    pub basedir: String,
    pub packages: Vec<String>,
    /// `None` = all nodes.
    pub nodes: Option<Vec<String>>,
    pub extensions: Vec<DeclaredProperty>,
    /// Properties of the system that the file declares anew.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub standard: Vec<DeclaredProperty>,
    /// Methods by the name of their property (`Start`), with their full paths.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub methods: BTreeMap<String, String>,
    /// From which versions resources may move to this one, and when.
    #[serde(default)]
    pub upgrade: Upgrade,
    #[serde(default = "lowest_api")]
    pub api_version: u32,
    #[serde(default = "yes")]
    pub failover: bool,
    #[serde(default)]
    pub single_instance: bool,
    /// Absent = RG_PRIMARIES.
    #[serde(default)]
    pub init_nodes: Option<String>,
    /// RT_system: it cannot be unregistered while this stands.
    #[serde(default)]
    pub system: bool,
    #[serde(default)]
    pub global_zone: bool,
    #[serde(default)]
    pub proxy: bool,
}

fn lowest_api() -> u32 {
    2
}

fn yes() -> bool {
    true
}

impl ResourceType {
    /// `SUNW.HAStoragePlus` of `SUNW.HAStoragePlus:4`.
    pub fn base(&self) -> &str {
        self.name.split(':').next().unwrap_or(&self.name)
    }

    /// Whether `name` means this type: vendor prefix, version or both may be left out
    /// (817-6555/ss-rgm-chars-names-2).
    pub fn answers_to(&self, name: &str) -> bool {
        let short = self.base().split_once('.').map_or(self.base(), |(_, s)| s);
        let full_short = self.name.split_once('.').map_or(self.name.as_str(), |(_, s)| s);
        name == self.name || name == self.base() || name == short || name == full_short
    }

    /// The declaration of an extension property, whatever its capitals.
    pub fn extension(&self, name: &str) -> Option<&DeclaredProperty> {
        self.extensions.iter().find(|p| p.name.eq_ignore_ascii_case(name))
    }

    /// The declaration of a property of the system, where the file has one.
    pub fn standard(&self, name: &str) -> Option<&DeclaredProperty> {
        self.standard.iter().find(|p| p.name.eq_ignore_ascii_case(name))
    }
}
