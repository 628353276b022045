use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::RunArguments;
use super::work::work;
use crate::engine::Stop;

/// What to do when a step fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OnFailure {
    /// Stop and keep everything; `calha resume` goes on.
    Stop,
    /// Take everything back.
    Rollback,
}

/// `calha install`: everything that is left to do.
#[derive(Args)]
#[command(after_help = "Example: calha install profiles/asymmetric.toml --yes")]
pub struct Install {
    #[command(flatten)]
    run: RunArguments,
    /// Only these steps; what they need must be done already. May be repeated.
    #[arg(long, value_name = "STEP")]
    only: Vec<String>,
    /// Only this step and those after it.
    #[arg(long, value_name = "STEP")]
    from: Option<String>,
    /// What to do when a step fails.
    #[arg(long, value_enum, default_value = "stop", value_name = "WHAT")]
    on_failure: OnFailure,
}

/// `calha resume`: goes on where the last run ended.
#[derive(Args)]
#[command(after_help = "Example: calha resume profiles/asymmetric.toml")]
pub struct Resume {
    #[command(flatten)]
    run: RunArguments,
}

impl Install {
    pub fn run(&self) -> ExitCode {
        let back = self.on_failure == OnFailure::Rollback;
        work(&self.run, &self.only, self.from.as_deref(), &mut |engine| match engine.install("install") {
            Err(stop @ Stop::Failed(_)) if back => {
                engine.unwind("rollback", None)?;
                Err(stop)
            }
            other => other,
        })
    }
}

impl Resume {
    pub fn run(&self) -> ExitCode {
        work(&self.run, &[], None, &mut |engine| {
            let runs = &engine.journal.history().runs;
            let undoing = runs.last().filter(|(command, ..)| matches!(command.as_str(), "rollback" | "uninstall"));
            match undoing.map(|(command, ..)| command.clone()) {
                // What was interrupted was the way back.
                Some(command) => engine.unwind(&command, None),
                None => engine.install("resume"),
            }
        })
    }
}
