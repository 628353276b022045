//! `calha rollback`, `uninstall` and `resolve` on the command line. How far back each goes is all
//! that is decided here.

use std::process::ExitCode;

use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use super::keep_server::KeepServer;
use super::loading::history;
use super::of_journal::OfJournal;
use super::removed::Removed;
use super::work::{EngineWork, work};
use super::{RunArguments, refuse, values};
use crate::engine::unknown_steps;
use crate::journal::RunCommand;
use crate::problem::Problem;

/// `calha rollback`: undoes what the journal says is ours, the last first.
#[derive(Args)]
#[command(after_help = "Example: calha rollback profiles/asymmetric.toml --from ha-block")]
pub struct Undo {
    #[command(flatten)]
    run: RunArguments,
    /// Only this step and what follows it, the last first.
    #[arg(long, value_name = "STEP", add = ArgValueCandidates::new(values::steps))]
    from: Option<String>,
}

/// `calha uninstall`: undoes a whole installation, or one of several instances; with
/// --keep-server only what makes it highly available. Shared data is never deleted.
#[derive(Args)]
#[command(after_help = "Examples: calha uninstall profiles/asymmetric.toml\n          \
                        calha uninstall profiles/n-plus-one.toml --instance cs3\n          \
                        calha uninstall profiles/asymmetric.toml --keep-server Node1")]
pub struct Uninstall {
    #[command(flatten)]
    run: RunArguments,
    /// Only this instance and what is on nodes that no other one uses; the others go on.
    #[arg(long, value_name = "NAME", add = ArgValueCandidates::new(values::instances))]
    instance: Option<String>,
    #[command(flatten)]
    keep: KeepServer,
}

/// `calha resolve`: after an undo that was stuck has been settled by hand, or for a step that was
/// skipped.
#[derive(Args)]
#[command(after_help = "Examples: calha resolve profiles/asymmetric.toml\n          \
                        calha resolve profiles/asymmetric.toml --again vfstab-entry\n          \
                        calha resolve site.toml --upgrade SUNW.nfs")]
pub struct Resolve {
    #[command(flatten)]
    run: RunArguments,
    #[command(flatten)]
    of: OfJournal,
    /// Note it as left for good, whatever is there.
    #[arg(long)]
    keep: bool,
    /// Do a step after all that somebody skipped: the next calha install does it.
    #[arg(
        long,
        value_name = "STEP",
        conflicts_with = "keep",
        add = ArgValueCandidates::new(values::steps)
    )]
    again: Option<String>,
}

impl Undo {
    pub(super) fn of(run: RunArguments, from: Option<String>) -> Self {
        Self { run, from }
    }

    pub fn run(&self) -> ExitCode {
        if let Err(problems) = self.is_known() {
            return refuse(&problems);
        }
        let mut removed = None;
        let status = work(&self.run, &[], None, &mut |engine| {
            if engine.ends_undone()? {
                return Ok(());
            }
            let before = engine.history_with_what_is_left()?;
            engine.undo(RunCommand::Undo, self.from.as_deref())?;
            let is_whole = self.from.is_none() && engine.changed() > 0;
            removed = is_whole.then(|| Removed::of(&before, None));
            Ok(())
        });
        removed.iter().for_each(|removed| removed.tell(&self.run));
        status
    }

    /// Whether the step is one of the guide's, or has begun: with other settings there may have
    /// been others.
    fn is_known(&self) -> Result<(), Vec<Problem>> {
        let Some(from) = &self.from else { return Ok(()) };
        let (_, guide) = self.run.profile.load()?;
        let history = history(&guide.cluster, &guide.profile).map_err(|p| vec![p])?;

        let mut known: Vec<&str> = guide.steps.iter().map(|step| step.id.as_str()).collect();
        let begun = history.entries.keys().map(|key| key.step.as_str());
        known.extend(begun.filter(|step| guide.step(step).is_none()));
        known.dedup();
        let unknown = unknown_steps(&known, [from.as_str()]);
        if unknown.is_empty() { Ok(()) } else { Err(unknown) }
    }
}

impl Uninstall {
    pub(super) fn of(run: RunArguments, instance: Option<String>, keep: KeepServer) -> Self {
        Self { run, instance, keep }
    }

    pub fn run(&self) -> ExitCode {
        if let Some(status) = self.keep.run(&self.run, self.instance.as_deref()) {
            return status;
        }

        let mut removed = None;
        let status = work(&self.run, &[], None, &mut |engine| {
            if engine.ends_undone()? {
                return Ok(());
            }
            let before = engine.history_with_what_is_left()?;
            match &self.instance {
                Some(instance) => engine.undo_instance(RunCommand::Uninstall, instance)?,
                None => engine.undo(RunCommand::Uninstall, None)?,
            }
            let after = self.instance.as_ref().map(|_| engine.journal.history());
            removed = (engine.changed() > 0).then(|| Removed::of(&before, after));
            Ok(())
        });
        removed.iter().for_each(|removed| removed.tell(&self.run));
        status
    }
}

impl Resolve {
    pub fn run(&self) -> ExitCode {
        let task: EngineWork<'_> = &mut |engine| match &self.again {
            Some(step) => engine.unskip(step),
            None => engine.resolve(self.keep),
        };
        match self.of.find(&self.run.profile) {
            Ok(None) => work(&self.run, &[], None, task),
            Ok(Some(other)) => other.work(&self.run, task),
            Err(problems) => refuse(&problems),
        }
    }
}
