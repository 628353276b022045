//! `calha rt`: resource types, the second guide. Works on registration (RTR) files alone; no node is needed.

#[expect(clippy::disallowed_methods, reason = "--fix writes the file that it was given")]
mod input;
mod lint;
mod show;

use std::process::ExitCode;

use clap::Subcommand;

/// The commands for resource types.
#[derive(Subcommand)]
pub enum Rt {
    /// Say what is wrong with registration (RTR) files, each finding with its line, its rule and a remedy.
    Lint(lint::Lint),
    /// Show what a registration (RTR) file declares: names, releases, methods, properties, upgrades.
    Show(show::Show),
}

impl Rt {
    pub fn run(&self) -> ExitCode {
        match self {
            Self::Lint(lint) => lint.run(),
            Self::Show(show) => show.run(),
        }
    }
}
