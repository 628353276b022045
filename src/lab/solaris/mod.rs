//! Programs of the operating system around the cluster.

pub(crate) mod accounts;
pub(crate) mod mounting;
pub(crate) mod networking;
pub(crate) mod packages;
pub(crate) mod syslog;
pub(crate) mod system;
