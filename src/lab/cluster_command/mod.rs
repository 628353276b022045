//! The programs in /usr/cluster/bin.

pub(crate) mod configuration_listing;
pub(crate) mod resource_actions;
pub(crate) mod scha;
pub(crate) mod scha_type;
pub(crate) mod scinstall;
pub(crate) mod scrgadm;
pub(crate) mod scstat;
pub(crate) mod scswitch;
