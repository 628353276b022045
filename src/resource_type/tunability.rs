//! When a resource may move to another version of its type, chapter 4 of the second guide.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The condition of an upgrade, from the least to the most restrictive (817-4227/6mjp2sio2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Tunability {
    Anytime,
    WhenUnmonitored,
    WhenOffline,
    WhenDisabled,
    WhenUnmanaged,
    AtCreation,
}

impl Tunability {
    pub const ALL: [Self; 6] = [
        Self::Anytime,
        Self::WhenUnmonitored,
        Self::WhenOffline,
        Self::WhenDisabled,
        Self::WhenUnmanaged,
        Self::AtCreation,
    ];

    /// As a directive spells it; capitals do not matter.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word().eq_ignore_ascii_case(word))
    }

    /// Its word in a registration file.
    pub fn word(self) -> &'static str {
        match self {
            Self::Anytime => "ANYTIME",
            Self::WhenUnmonitored => "WHEN_UNMONITORED",
            Self::WhenOffline => "WHEN_OFFLINE",
            Self::WhenDisabled => "WHEN_DISABLED",
            Self::WhenUnmanaged => "WHEN_UNMANAGED",
            Self::AtCreation => "AT_CREATION",
        }
    }

    /// When an administrator may upgrade a resource, as example 4-2 puts it.
    pub fn when(self) -> &'static str {
        match self {
            Self::Anytime => "at any time",
            Self::WhenUnmonitored => "only while the resource is not monitored",
            Self::WhenOffline => "only while the resource is offline",
            Self::WhenDisabled => "only while the resource is disabled",
            Self::WhenUnmanaged => "only while the resource group is unmanaged",
            Self::AtCreation => "never: delete the resource and create it again",
        }
    }
}

impl fmt::Display for Tunability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
