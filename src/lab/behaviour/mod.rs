//! What kind of node the lab pretends to be: a release of Solaris with one of Sun Cluster, and what
//! those do otherwise than one would expect.
//!
//! Each such thing is a [`Fact`] of one table, with where it is known from. A program of the lab
//! asks [`Personality::has`] and nothing else; `docs/lab.md` is made of the table.

mod about_cluster;
mod about_commands;
mod about_programs;
mod assumption;
mod cluster_release;
mod fact;
mod facts;
mod oddity;
mod page;
mod personality;
mod solaris;

pub use assumption::{ASSUMPTIONS, Assumption, OnRealCluster};
pub use cluster_release::ClusterRelease;
pub use fact::{Fact, Mark};
pub use facts::facts;
pub use oddity::Oddity;
pub use page::page;
pub use personality::{Personality, UnknownPersonality};
pub use solaris::Solaris;
