//! Which simulated agent serves a resource type. The lab has methods for the agents named here;
//! of any other type every method succeeds.

/// Which of the simulated agents serves a resource type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Agent {
    LogicalHostname,
    SharedAddress,
    HaStoragePlus,
    Calendar,
    /// Any other type: every method succeeds.
    Other,
}

impl Agent {
    /// By type name, with or without version.
    pub fn of(type_name: &str) -> Self {
        match type_name.split(':').next().unwrap_or(type_name) {
            "SUNW.LogicalHostname" => Self::LogicalHostname,
            "SUNW.SharedAddress" => Self::SharedAddress,
            "SUNW.HAStoragePlus" => Self::HaStoragePlus,
            "SUNW.scics" => Self::Calendar,
            _ => Self::Other,
        }
    }

    pub fn is_network(self) -> bool {
        matches!(self, Self::LogicalHostname | Self::SharedAddress)
    }
}
