//! The states of a resource group on one node, and their words. What each state means to calha is
//! decided outside the lab.

use serde::{Deserialize, Serialize};

/// State of a resource group on one node; the words of scstat(1M) of Sun Cluster 3.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum GroupState {
    Unmanaged,
    Online,
    Offline,
    PendingOnline,
    PendingOnlineBlocked,
    PendingOffline,
    ErrorStopFailed,
    OnlineFaulted,
}

impl GroupState {
    /// In upper case, as the scha commands print it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unmanaged => "UNMANAGED",
            Self::Online => "ONLINE",
            Self::Offline => "OFFLINE",
            Self::PendingOnline => "PENDING_ONLINE",
            Self::PendingOnlineBlocked => "PENDING_ONLINE_BLOCKED",
            Self::PendingOffline => "PENDING_OFFLINE",
            Self::ErrorStopFailed => "ERROR_STOP_FAILED",
            Self::OnlineFaulted => "ONLINE_FAULTED",
        }
    }
}
