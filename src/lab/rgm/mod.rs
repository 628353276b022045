//! The resource group manager: states, order, methods.

pub(crate) mod agent;
pub(crate) mod calendar;
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
