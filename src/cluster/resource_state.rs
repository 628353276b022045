//! What the words of scha_resource_get(1HA) for the state of a resource on a node mean. This is the
//! only place that says it; a word that is not here is never taken for one that is.

use super::Meaning;

/// State of a resource on one node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResourceState {
    Online,
    OnlineNotMonitored,
    /// It runs, and nobody watches it.
    MonitorFailed,
    Offline,
    Starting,
    Stopping,
    StartFailed,
    StopFailed,
    /// A word of a release that calha does not know.
    Unknown(String),
}

impl ResourceState {
    /// The states in which it is up as an administrator wants it, watched or not.
    pub const UP: [Self; 2] = [Self::Online, Self::OnlineNotMonitored];
    /// All that have a word here.
    pub const KNOWN: [Self; 8] = [
        Self::Online,
        Self::OnlineNotMonitored,
        Self::MonitorFailed,
        Self::Offline,
        Self::Starting,
        Self::Stopping,
        Self::StartFailed,
        Self::StopFailed,
    ];
    /// The states in which one of its methods has failed.
    pub const FAILED: [Self; 2] = [Self::StartFailed, Self::StopFailed];

    pub fn parse(word: &str) -> Self {
        match word.trim() {
            "ONLINE" => Self::Online,
            "ONLINE_NOT_MONITORED" => Self::OnlineNotMonitored,
            "MONITOR_FAILED" => Self::MonitorFailed,
            "OFFLINE" => Self::Offline,
            "STARTING" => Self::Starting,
            "STOPPING" => Self::Stopping,
            "START_FAILED" => Self::StartFailed,
            "STOP_FAILED" => Self::StopFailed,
            other => Self::Unknown(other.to_owned()),
        }
    }

    pub fn word(&self) -> &str {
        match self {
            Self::Online => "ONLINE",
            Self::OnlineNotMonitored => "ONLINE_NOT_MONITORED",
            Self::MonitorFailed => "MONITOR_FAILED",
            Self::Offline => "OFFLINE",
            Self::Starting => "STARTING",
            Self::Stopping => "STOPPING",
            Self::StartFailed => "START_FAILED",
            Self::StopFailed => "STOP_FAILED",
            Self::Unknown(word) => word,
        }
    }

    pub fn meaning(&self) -> Meaning {
        match self {
            Self::Online | Self::OnlineNotMonitored => Meaning::Up,
            Self::Offline => Meaning::Down,
            Self::Starting | Self::Stopping => Meaning::Moving,
            Self::MonitorFailed | Self::StartFailed | Self::StopFailed => Meaning::Failed,
            Self::Unknown(_) => Meaning::Unknown,
        }
    }

    /// Whether users are served there, as far as the cluster knows.
    pub fn serves(&self) -> bool {
        self.meaning() == Meaning::Up || *self == Self::MonitorFailed
    }
}
