//! Steps: what the guide asks for, one entry of its list at a time.
//!
//! A step is data. Its operations depend on the settings alone, so the plan, the run, a resumed run
//! and an undo years later cannot disagree; what a step wants to know beyond the reality of its
//! operations is its *look*. One file for each kind of step.

mod accounts;
mod address_type;
mod agent;
mod alone;
mod alternatives;
mod backup;
mod citation;
mod comparison;
mod complete;
mod configurator;
mod configurator_words;
mod configured;
mod configured_before;
mod debug;
mod directory_server;
mod document;
mod effect;
mod file_system;
mod group_condition;
mod guard;
mod ha_block;
mod lifespan;
mod links;
mod look;
mod node_files;
mod one_step;
mod place;
mod ports;
mod preflight;
mod private_file;
mod prove;
mod query;
mod record;
mod remedy;
mod removal;
mod resource;
mod resource_group;
mod resource_types;
mod role;
mod scope;
mod service;
mod site;
mod software;
mod spare_software;
mod step_id;
mod step_kind;
mod storage;
mod switch;
mod table_guard;
mod type_upgrade;
mod when;

pub use accounts::accounts;
pub use agent::agent;
pub use alone::{names_before, stand_alone};
pub use alternatives::{Alternate, Alternatives};
pub use backup::backup;
pub use citation::Citation;
pub use comparison::Comparison;
pub use complete::complete;
pub use configurator::{
    ACCOUNTS, CONFIG_LINK, DATA, DATA_LINK, carry_state, configure_primary, configure_secondary,
    drop_state,
};
pub use debug::{CLUSTER_LOG, debug_file, debug_level, debug_reload, debug_retell, debug_syslog};
pub use directory_server::directory_server;
pub use effect::Effect;
pub use file_system::file_system;
pub use group_condition::GroupCondition;
pub use guard::{Asked, Found, Guard, Weight};
pub use ha_block::ha_block;
pub use lifespan::Lifespan;
pub use links::{link_secondary, links};
pub use look::{Doubt, Look, LookContext, Seen, Views};
pub use one_step::Step;
pub use place::Place;
pub use preflight::{preflight, prerequisites};
pub use prove::prove;
pub use record::record;
pub use remedy::Remedy;
pub use resource::{hasp_enable, hasp_resource, logical_host, service_enable, service_resource};
pub use resource_group::resource_group;
pub use resource_types::{resource_types, type_is_used};
pub use role::Role;
pub use scope::Scope;
pub use service::{
    brings_online, service_failover, service_remove, service_restart, service_start, service_stop,
};
pub use site::Site;
pub use software::{PACKAGES, installed_tree, software};
pub use spare_software::{SPARE_PACKAGES, spare_software};
pub use step_id::StepId;
pub use step_kind::StepKind;
pub use storage::{mount_directory, mount_global, vfstab_entry};
pub use switch::{online, switch_to};
pub use type_upgrade::{
    UpgradeSite, file_of_version, found_of_type, lacking, release_without_upgrades, script_begun,
    type_down, type_register, type_unregister, type_up, type_version,
};
pub use when::When;
