//! Programs of the operating system around the cluster: accounts, mounts, addresses, packages, the
//! log. They answer from the lab's state and files, as Solaris prints it. Commands that only handle
//! files are in `base`.

pub(crate) mod accounts;
pub(crate) mod ldapsearch;
pub(crate) mod mounting;
pub(crate) mod networking;
pub(crate) mod packages;
pub(crate) mod smf;
pub(crate) mod syslog;
pub(crate) mod system;
