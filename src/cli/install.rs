//! `calha install` and `calha resume` on the command line. Where a profile is to be recorded it is
//! completed and written before any host is asked. The engine does the rest.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use clap_complete::engine::ArgValueCandidates;

use super::removed::Removed;
use super::work::work;
use super::{ProfileArguments, RunArguments, complain, new, refuse, values};
use crate::engine::{Event, Stop, is_finished};
use crate::journal::RunCommand;
use crate::setting::{Answers, Instance, assign};

/// What to do when a step fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OnFailure {
    /// Stop and keep everything; `calha resume` goes on.
    Stop,
    /// Undo everything.
    #[value(name = "rollback")]
    Undo,
}

/// `calha install`: everything that is left to do.
#[derive(Args)]
#[command(
    after_help = "Examples: calha install site.toml                        asks before each step\
                  \n          calha install site.toml --yes                  asks nothing; \
                  for scripts\
                  \n          calha install site.toml --only vfstab-entry\
                  \n          calha install some.toml --record site.toml     asks what \
                  some.toml lacks\n\
                  On a terminal calha shows each step with its commands, and asks: run, explain \
                  or skip it."
)]
pub struct Install {
    #[command(flatten)]
    run: RunArguments,
    /// Only these steps; what they need must be done already. May be repeated.
    #[arg(long, value_name = "STEP", add = ArgValueCandidates::new(values::steps))]
    only: Vec<String>,
    /// Only this step and those after it.
    #[arg(long, value_name = "STEP", add = ArgValueCandidates::new(values::steps))]
    from: Option<String>,
    /// What to do when a step fails.
    #[arg(long, value_enum, default_value = "stop", value_name = "WHAT")]
    on_failure: OnFailure,
    /// Write profile, --set and what is asked because it is missing as a new profile, and go on
    /// with that one.
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
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
        let undoes = self.on_failure == OnFailure::Undo;
        let mut arguments = self.run.clone();
        if let Some(file) = &self.record {
            if let Err(status) = record(&arguments, file) {
                return status;
            }
            // Another file: nothing of what was read of the first one counts any more.
            arguments.profile = ProfileArguments::new(file.clone(), Vec::new());
        }

        let (mut changed, mut finished) = (0, false);
        let status = work(&arguments, &self.only, self.from.as_deref(), &mut |engine| match engine
            .install(RunCommand::Install)
        {
            Err(Stop::Failed(mut failure)) if undoes => {
                // Why all is undone is said before it; it may end early itself.
                engine.sink.tell(&Event::Failed { failure: (*failure).clone() });
                engine.undo(RunCommand::Undo, None)?;
                failure.undone = true;
                Err(Stop::Failed(failure))
            }
            other => {
                changed = engine.changed();
                finished = is_finished(engine.guide, engine.journal.history());
                other
            }
        });
        tell_end(&arguments, changed, finished, status);
        status
    }
}

/// Writes what the run is given as a profile of its own; what is missing is asked.
fn record(arguments: &RunArguments, file: &Path) -> Result<(), ExitCode> {
    let mut set = Answers::new();
    arguments.profile.set.iter().for_each(|assignment| assign(&mut set, assignment));
    let answers = arguments.profile.text().answers().layer(set);
    let answers = new::complete(answers, arguments.yes, file).map_err(|(problems, status)| {
        problems.iter().for_each(|problem| complain(&problem.to_string()));
        ExitCode::from(status)
    })?;
    new::create(file, &answers).map_err(|problem| refuse(&[problem]))
}

impl Resume {
    pub fn run(&self) -> ExitCode {
        let (mut changed, mut finished, mut removed) = (0, false, None);
        let mut went_back = false;
        let status = work(&self.run, &[], None, &mut |engine| {
            let before = engine.history_with_what_is_left()?;
            engine.resume()?;
            changed = engine.changed();
            finished = is_finished(engine.guide, engine.journal.history());
            let after = engine.journal.history();
            went_back = after.undo.is_some();
            removed = Removed::by_resuming(&before, after).filter(|_| changed > 0);
            Ok(())
        });
        if let Some(removed) = removed {
            removed.tell(&self.run);
            return status;
        }
        if went_back {
            return status;
        }
        tell_end(&self.run, changed, finished, status);
        status
    }
}

/// Where the service of a finished installation is, and what a run that changed something is best
/// followed by.
fn tell_end(arguments: &RunArguments, changed: usize, finished: bool, status: ExitCode) {
    if changed == 0 || status != ExitCode::SUCCESS || arguments.events.is_some() {
        return;
    }

    if let Some((resolved, _)) = arguments.profile.load().ok().filter(|_| finished) {
        resolved.settings.instances.iter().for_each(|instance| complain(&service(instance)));
    }
    let report = arguments.profile.commands().of("report");
    complain(&format!("hand-over report: {report} --format html --out report.html"));
}

/// Where users find an instance: its URL, its address and the group that it moves with.
fn service(instance: &Instance) -> String {
    let (host, port) = (&instance.logical_host, instance.port);
    let suffix = if port == 80 { String::new() } else { format!(":{port}") };
    format!(
        "service: http://{}{suffix}/ ({} port {port}, group {})",
        host.fqdn, host.address, instance.resource_group
    )
}
