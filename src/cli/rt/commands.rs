//! The commands of `calha rt`, and what runs each.

use std::process::ExitCode;

use clap::Subcommand;

use super::{bump, diff, document, lint, new, rehearse, show, upgrade, which};

/// The commands for resource types.
#[derive(Subcommand)]
pub enum Rt {
    /// Say what is wrong with registration (RTR) files, each finding with its line, its rule and a
    /// remedy.
    Lint(lint::Lint),
    /// Show what a registration (RTR) file declares: names, releases, methods, properties,
    /// upgrades.
    Show(show::Show),
    /// Say what changed between two versions of a type, what follows for resources, and what table
    /// 4-1 says.
    Diff(diff::Diff),
    /// Give a type another version: change RT_version and say from which versions resources may
    /// move, and when.
    Bump(bump::Bump),
    /// Write the page for administrators who upgrade resources: before installing, when, changes,
    /// steps, the way back.
    Document(document::Document),
    /// Write a registration (RTR) file for a new type, from a few answers; it says what it assumes.
    New(new::New),
    /// Give resources another version of their type: with the least outage, and back to the states
    /// before.
    Upgrade(Box<upgrade::Upgrade>),
    /// Try an upgrade on a simulated cluster in a scratch directory: make a resource of the old
    /// version, give it the new one, and undo that.
    Rehearse(rehearse::Rehearse),
    /// Say under which of its two names a version of a type is registered on a cluster, or which
    /// type a resource has.
    Which(which::Which),
}

impl Rt {
    pub fn run(&self) -> ExitCode {
        match self {
            Self::Lint(lint) => lint.run(),
            Self::Show(show) => show.run(),
            Self::Diff(diff) => diff.run(),
            Self::Bump(bump) => bump.run(),
            Self::Document(document) => document.run(),
            Self::New(new) => new.run(),
            Self::Upgrade(upgrade) => upgrade.run(),
            Self::Rehearse(rehearse) => rehearse.run(),
            Self::Which(which) => which.run(),
        }
    }
}
