//! The programs in /usr/cluster/bin: their command lines, and what they print. They refuse what the
//! manuals of Sun Cluster do not have. What they do to groups and resources is in `rgm`.

pub(crate) mod configuration_listing;
pub(crate) mod resource_actions;
pub(crate) mod scha;
pub(crate) mod scha_type;
pub(crate) mod scinstall;
pub(crate) mod scrgadm;
pub(crate) mod scstat;
pub(crate) mod scswitch;
