//! The whole table of what nodes do, from its parts. What one line says is in `fact`.

use super::{Fact, about_cluster, about_commands, about_programs};

/// Every fact: of commands, of the cluster, of the product's programs.
pub fn facts() -> impl Iterator<Item = &'static Fact> {
    about_commands::FACTS.iter().chain(about_cluster::FACTS).chain(about_programs::FACTS)
}
