//! `calha debug on` and `off`: works with the guide of debugging as with any other, with a journal
//! of its own. Reading the messages is in `debug_log`.

use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::connect::connect;
use super::debug_log::Log;
use super::debugging::debugging;
use super::work::{hosts, work_with};
use super::{RunArguments, complain, refuse};
use crate::engine::{Commands, Engine, Stop, Undertaking};
use crate::exit;
use crate::journal::RunCommand;
use crate::ui::explain_way;

/// `calha debug`: what the agent writes about itself, switched on and off on every node, and read
/// (6.10).
#[derive(Subcommand)]
pub enum Debug {
    /// Have the agent write what it does, to /var/adm/clusterlog on every node.
    On(On),
    /// End debugging: undo what calha debug on has put there, and only that.
    Off(Off),
    /// Read the messages of all nodes, in the order of time.
    Log(Log),
}

#[derive(Args)]
#[command(after_help = "Example: calha debug on profiles/asymmetric.toml --level 9")]
pub struct On {
    #[command(flatten)]
    run: RunArguments,
    /// How much the agent writes: 0 nothing, 9 everything.
    #[arg(long, default_value_t = 9, value_parser = clap::value_parser!(u8).range(0..=9))]
    level: u8,
}

#[derive(Args)]
#[command(after_help = "Example: calha debug off profiles/asymmetric.toml")]
pub struct Off {
    #[command(flatten)]
    run: RunArguments,
}

impl Debug {
    pub fn run(&self) -> ExitCode {
        match self {
            Self::On(on) => on.run(),
            Self::Off(off) => off.run(),
            Self::Log(log) => log.run(),
        }
    }
}

impl On {
    /// With the level that it has when none is named.
    pub(super) fn of(run: RunArguments) -> Self {
        Self { run, level: 9 }
    }

    fn run(&self) -> ExitCode {
        let level = self.level;
        let status = change(&self.run, level, &mut |engine| {
            // Another level is another content of the agent's file: what stands is undone
            // first.
            if engine.has_other_settings() {
                engine.undo(RunCommand::DebugOff, None)?;
            }
            engine.install(RunCommand::DebugOn)
        });
        let is_heard = self.run.preview.is_none() && self.run.events.is_none();
        if status == ExitCode::SUCCESS && is_heard {
            let commands = self.run.profile.commands();
            let (log, off) = (commands.of("debug log"), commands.of("debug off"));
            complain(&format!("to read it: {log}\nto end it:  {off}"));
        }
        status
    }
}

impl Off {
    pub(super) fn of(run: RunArguments) -> Self {
        Self { run }
    }

    fn run(&self) -> ExitCode {
        change(&self.run, 9, &mut |engine| engine.undo(RunCommand::DebugOff, None))
    }
}

/// Works with the guide of debugging, on all nodes.
fn change(
    run: &RunArguments,
    level: u8,
    work: &mut dyn FnMut(&mut Engine<'_>) -> Result<(), Stop>,
) -> ExitCode {
    let (resolved, guide) = match run.load().and_then(|_| debugging(&run.profile, level)) {
        Ok(loaded) => loaded,
        Err(problems) => return refuse(&problems),
    };
    let way = run.profile.way();
    let of = Undertaking::Debugging { level: level.to_string() };
    let way = way.clone().of(Commands { of, ..way.commands });
    match connect(&resolved, &guide) {
        Ok(connected) => work_with(run, &guide, hosts(&connected), &way, work),
        Err(stop) => {
            complain(&explain_way(&stop, &way));
            ExitCode::from(exit::of(&stop))
        }
    }
}
