//! A simulated cluster: the vendor's commands and a strict set of base commands over a directory
//! per node, or in memory.
//!
//! Its logic is written once, against [`Cluster`] and a raw store of files. What no manual says is
//! a labelled assumption ("Assumption:") and no step of an installation may depend on it. It
//! refuses what a real node refuses.

mod base;
mod behaviour;
mod calendar;
mod call;
mod call_record;
mod clock;
mod cluster;
mod cluster_command;
#[expect(clippy::disallowed_methods, reason = "the simulated cluster is a directory")]
mod daemon;
#[expect(clippy::disallowed_methods, reason = "the simulated cluster is a directory")]
mod demolition;
mod device_group;
mod dialogue;
mod digest;
#[expect(clippy::disallowed_methods, reason = "the simulated cluster is a directory")]
mod disk;
#[expect(clippy::disallowed_methods, reason = "the simulated cluster is a directory")]
mod disk_storage;
mod fault;
mod fault_names;
mod files_of_view;
mod full_disk;
mod getopt;
mod group;
mod group_state;
mod hidden;
mod interruption;
mod layout;
mod machine;
mod machine_link;
mod machine_paths;
mod memory;
mod memory_effect;
mod memory_host;
mod memory_node;
mod memory_storage;
mod mount;
#[expect(clippy::disallowed_methods, reason = "the simulated cluster is a directory")]
mod mounted;
#[expect(clippy::disallowed_methods, reason = "the simulated cluster is a directory")]
mod multicall;
#[expect(clippy::disallowed_methods, reason = "the simulated cluster is a directory")]
mod owners;
mod program_table;
mod rack;
#[expect(clippy::disallowed_methods, reason = "a root of its own is furnished")]
mod real_root;
mod refusal;
mod request;
mod resource;
mod resource_state;
mod resource_type;
mod rgm;
mod run;
#[expect(clippy::disallowed_methods, reason = "the simulated cluster is a directory")]
mod service;
#[expect(clippy::disallowed_methods, reason = "the simulated cluster is a directory")]
mod session;
mod site;
mod solaris;
mod status;
mod storage;
mod syslogd;
mod trouble;
mod view;
mod volume;
mod world;

pub use crate::resource_type::{DeclaredProperty, Range};
pub use behaviour::{
    ASSUMPTIONS, Assumption, ClusterRelease, Fact, Mark, Oddity, OnRealCluster, Personality,
    Solaris, UnknownPersonality, facts, page,
};
pub use call_record::CallRecord;
pub use cluster::Cluster;
pub use demolition::{Demolition, Tenant};
pub use device_group::DeviceGroup;
pub use digest::Digest;
pub use disk::Disk;
pub use fault::Fault;
pub use fault_names::unknown_name;
pub use group::Group;
pub use group_state::GroupState;
pub use interruption::Interruption;
pub use machine::Machine;
pub use memory::Memory;
pub use memory_host::MemoryHost;
pub use mount::Mount;
pub use multicall::program;
pub use program_table::program_names;
pub use rack::{Rack, Running, Watch};
pub use real_root::RealRoot;
pub use resource::Resource;
pub use resource_state::ResourceState;
pub use resource_type::ResourceType;
pub use site::{Foreseen, NameService, Site};
pub use status::Status;
pub use trouble::Trouble;
pub use volume::Volume;
