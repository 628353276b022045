//! One resource and one change of its version.

use serde::{Deserialize, Serialize};

use crate::cluster::Property;
use crate::resource_type::Tunability;

/// A resource that moves to another version, or is made again in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    pub resource: String,
    pub group: String,
    /// Full names of the two versions.
    pub from: String,
    pub to: String,
    /// RT_version of the new one.
    pub version: String,
    /// When the new version lets it move.
    pub when: Tunability,
    /// Deleted and made again, with these properties in place of `set` alone.
    pub again: bool,
    /// Given with the command.
    pub set: Vec<Property>,
    pub back: Back,
}

/// How a resource gets its old version again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "back")]
pub enum Back {
    /// Type_version is set back, with these properties.
    Version { version: String, when: Tunability, set: Vec<Property> },
    /// It is made again as it was.
    Again { set: Vec<Property> },
    /// There is none.
    Never { because: String },
}

impl Back {
    /// The state that it needs.
    pub fn when(&self) -> Tunability {
        match self {
            Self::Version { when, .. } => *when,
            Self::Again { .. } => Tunability::WhenDisabled,
            Self::Never { .. } => Tunability::Anytime,
        }
    }
}

impl Move {
    /// The state that the command needs.
    pub fn needs(&self) -> Tunability {
        if self.again { Tunability::WhenDisabled } else { self.when }
    }
}
