//! The resource group manager: the states of groups and resources, the order in which they start,
//! and what their methods do. It refuses what a real one refuses and leaves the state that it would
//! leave. Which command line asks for what is for `cluster_command`.

pub(crate) mod agent;
pub(crate) mod calendar;
pub(crate) mod log;
pub(crate) mod method;
pub(crate) mod names;
pub(crate) mod network;
pub(crate) mod order;
pub(crate) mod place;
pub(crate) mod property;
pub(crate) mod reconfigure;
pub(crate) mod registered;
pub(crate) mod storage;
pub(crate) mod switch;
pub(crate) mod type_version;
pub(crate) mod validate;
