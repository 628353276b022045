//! calha on a real cluster: Corosync and Pacemaker on nodes of one machine, with fencing, shared
//! disks, a moving address and clients, and Sun's commands spoken over Pacemaker's.
//!
//! docs/design/real-cluster.md says how it is built and where it differs from the simulated one.

mod asymmetric;
mod client;
mod cluster_files;
mod here;
mod leftovers;
mod mounts;
mod power_switch;
mod processes;
mod rack;
mod run;
mod site;
mod watch;
