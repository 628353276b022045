//! Which nodes a simulated cluster has: the option that `calha lab create` and `calha rehearse`
//! share.

use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use super::values;
use crate::lab::Personality;

#[derive(Args)]
pub struct Nodes {
    /// What kind of nodes it has: releases of Solaris and Sun Cluster, or the least kind answer to
    /// everything.
    #[arg(
        long,
        value_name = "PERSONALITY",
        default_value_t,
        long_help = on_help(),
        add = ArgValueCandidates::new(values::personalities)
    )]
    pub on: Personality,
}

fn on_help() -> String {
    let lines: Vec<_> = Personality::all()
        .map(|one| format!("  {:<20} {}", one.to_string(), one.describe()))
        .collect();
    format!("What kind of nodes it has:\n{}", lines.join("\n"))
}
