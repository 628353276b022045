//! One host of the lab, member or not: whether it is up, what is installed and what has been
//! started outside the cluster. Its files are in `Storage`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// One simulated host.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Machine {
    /// Node id in the cluster; 0 for a host that is no member.
    pub id: u32,
    pub up: bool,
    /// False when the node was booted outside the cluster (`boot -x`).
    pub cluster_mode: bool,
    pub address: String,
    /// As `uname -r` prints it: `5.9`.
    pub release: String,
    /// Installed packages and their base directories.
    pub packages: BTreeMap<String, String>,
    /// Calendar Servers (by `cal-svr-base`) that the product itself has started, outside the
    /// cluster.
    #[serde(default)]
    pub running: Vec<String>,
    /// Those that it will start whenever the machine boots.
    #[serde(default)]
    pub starts_at_boot: Vec<String>,
    /// What its syslogd has read of /etc/syslog.conf.
    #[serde(default)]
    pub syslogd: String,
    /// Virtual time of the last boot.
    pub booted: u64,
}
