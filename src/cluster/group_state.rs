//! What the words of scha_resourcegroup_get(1HA) for the state of a group on a node mean. This is
//! the only place that says it; a word that is not here is never taken for one that is.

use super::Meaning;

/// State of a resource group on one node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupState {
    Online,
    Offline,
    Unmanaged,
    PendingOnline,
    PendingOnlineBlocked,
    PendingOffline,
    OnlineFaulted,
    ErrorStopFailed,
    /// A word of a release that calha does not know.
    Unknown(String),
}

impl GroupState {
    /// The states in which a group is down and stays so.
    pub const DOWN: [Self; 2] = [Self::Offline, Self::Unmanaged];
    /// All that have a word here.
    pub const KNOWN: [Self; 8] = [
        Self::Online,
        Self::Offline,
        Self::Unmanaged,
        Self::PendingOnline,
        Self::PendingOnlineBlocked,
        Self::PendingOffline,
        Self::OnlineFaulted,
        Self::ErrorStopFailed,
    ];
    /// The states from which nothing gets better by itself.
    pub const HOPELESS: [Self; 3] =
        [Self::ErrorStopFailed, Self::OnlineFaulted, Self::PendingOnlineBlocked];

    pub fn parse(word: &str) -> Self {
        match word.trim() {
            "ONLINE" => Self::Online,
            "OFFLINE" => Self::Offline,
            "UNMANAGED" => Self::Unmanaged,
            "PENDING_ONLINE" => Self::PendingOnline,
            "PENDING_ONLINE_BLOCKED" => Self::PendingOnlineBlocked,
            "PENDING_OFFLINE" => Self::PendingOffline,
            "ONLINE_FAULTED" => Self::OnlineFaulted,
            "ERROR_STOP_FAILED" => Self::ErrorStopFailed,
            other => Self::Unknown(other.to_owned()),
        }
    }

    pub fn word(&self) -> &str {
        match self {
            Self::Online => "ONLINE",
            Self::Offline => "OFFLINE",
            Self::Unmanaged => "UNMANAGED",
            Self::PendingOnline => "PENDING_ONLINE",
            Self::PendingOnlineBlocked => "PENDING_ONLINE_BLOCKED",
            Self::PendingOffline => "PENDING_OFFLINE",
            Self::OnlineFaulted => "ONLINE_FAULTED",
            Self::ErrorStopFailed => "ERROR_STOP_FAILED",
            Self::Unknown(word) => word,
        }
    }

    pub fn meaning(&self) -> Meaning {
        match self {
            Self::Online => Meaning::Up,
            Self::Offline | Self::Unmanaged => Meaning::Down,
            Self::PendingOnline | Self::PendingOnlineBlocked | Self::PendingOffline => {
                Meaning::Moving
            }
            Self::OnlineFaulted | Self::ErrorStopFailed => Meaning::Failed,
            Self::Unknown(_) => Meaning::Unknown,
        }
    }
}
