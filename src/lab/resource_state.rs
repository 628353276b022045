//! The states of a resource on one node, and their words. The status that an agent sets is apart
//! from it: see `Status`.

use serde::{Deserialize, Serialize};

/// State of a resource on one node; the words of scstat(1M).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ResourceState {
    Online,
    Offline,
    StartFailed,
    StopFailed,
    MonitorFailed,
    OnlineNotMonitored,
    Starting,
    Stopping,
}

impl ResourceState {
    /// In upper case, as the scha commands print it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Online => "ONLINE",
            Self::Offline => "OFFLINE",
            Self::StartFailed => "START_FAILED",
            Self::StopFailed => "STOP_FAILED",
            Self::MonitorFailed => "MONITOR_FAILED",
            Self::OnlineNotMonitored => "ONLINE_NOT_MONITORED",
            Self::Starting => "STARTING",
            Self::Stopping => "STOPPING",
        }
    }

    /// Whether its start method has succeeded and it was not stopped since.
    pub fn is_started(self) -> bool {
        matches!(self, Self::Online | Self::OnlineNotMonitored | Self::MonitorFailed)
    }
}
