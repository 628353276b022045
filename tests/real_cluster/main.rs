//! calha on a real cluster: Corosync and Pacemaker on nodes of one machine, with fencing, shared
//! disks, a moving address and clients, and Sun's commands spoken over Pacemaker's.
//!
//! docs/design/real-cluster.md says how it is built and where it differs from the simulated one.

mod asymmetric;
mod both;
mod client;
mod cluster_files;
mod failure;
mod here;
mod leftovers;
mod models;
mod mounts;
mod node_failures;
mod nodes;
mod picture;
mod power_switch;
mod processes;
mod rack;
mod random_failures;
mod round;
mod run;
mod scenes;
mod services;
mod site;
mod watch;
