//! The words of the command line: every command, and what runs it. What a command does is in the
//! file of its name.

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};

use super::{
    adopt, check, complain, completions, debug, downtime, explain, export, import_results, install,
    lab, man, models, new, plan, print, profile_check, rehearse, report, restore, rt, service,
    status, undo, verify, words, worksheet,
};
use crate::ui::Output;
use crate::{exit, profile};

/// Makes Sun Java System Calendar Server 6.3 highly available on Sun Cluster.
#[derive(Parser)]
#[command(name = "calha", version, arg_required_else_help = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Ask what an installation needs to know, and write a profile.
    New(new::New),
    /// Show what an installation will do: the exact commands and diffs, in order. Changes nothing.
    Plan(plan::PlanCommand),
    /// Do everything that is left to do, and prove every step.
    Install(install::Install),
    /// Go on where the last run ended, forward or back.
    Resume(install::Resume),
    /// Undo what calha did, the last first.
    #[command(name = "rollback")]
    Undo(undo::Undo),
    /// Undo a whole installation.
    Uninstall(undo::Uninstall),
    /// Note that you have settled a stuck undo by hand.
    Resolve(undo::Resolve),
    /// Say what is different from what the profile wants. Changes nothing.
    Verify(verify::Verify),
    /// Open every connection and say who answers: user, system, shell, clock, round trip. Changes
    /// nothing.
    Check(check::Check),
    /// Rebuild a lost journal from what the nodes keep.
    Adopt(adopt::Adopt),
    /// Start, stop, move, restart or remove the service of an instance.
    Service(service::Service),
    /// Have the agent write what it does on every node, stop that again, read it.
    #[command(after_help = "Examples: calha debug on site.toml --level 9\n          \
                            calha debug log site.toml -f\n          \
                            calha debug off site.toml")]
    Debug {
        #[command(subcommand)]
        command: debug::Debug,
    },
    /// Make a journal from the results of printed scripts.
    ImportResults(import_results::ImportResults),
    /// Write the same work for another engine.
    #[command(after_help = "Example: calha export ansible site.toml playbook")]
    Export {
        #[command(subcommand)]
        command: export::Export,
    },
    /// Show how the installation, its group and its resources stand.
    Status(status::StatusCommand),
    /// Write the hand-over report: what was done and proved, what stays, how to operate and to
    /// remove it.
    Report(report::ReportCommand),
    /// Put a file back as it was before calha edited it, or list the copies.
    Restore(restore::Restore),
    /// Make and look at a simulated cluster.
    Lab(lab::Lab),
    /// Compare the three models: what speaks for each, for whom it is meant.
    Models(models::ModelsCommand),
    /// Work out how long each model is down, with your own figures.
    Downtime(downtime::DowntimeCommand),
    /// Print the tables of names to note values in, blank or filled, with a picture of the cluster.
    Worksheet(worksheet::Worksheet),
    /// Say what a step, a row of the guide or an erratum is about.
    Explain(explain::ExplainCommand),
    /// Resource types: what a registration (RTR) file declares, and what is wrong with it.
    #[command(after_help = "Examples: calha rt lint SUNW.nfs\n          \
                            calha rt diff old.rt new.rt\n          \
                            calha rt upgrade site.toml --type SUNW.nfs --to 3.2 --plan")]
    Rt {
        #[command(subcommand)]
        command: rt::Rt,
    },
    /// Try the whole installation on a simulated cluster in a scratch directory.
    Rehearse(rehearse::Rehearse),
    /// Work on a profile file alone, without any node.
    #[command(after_help = "Example: calha profile check site.toml")]
    Profile {
        #[command(subcommand)]
        command: ProfileCommand,
    },
    /// Print what a shell needs to complete this command line.
    Completions(completions::Completions),
    /// Write the manual pages.
    Man(man::Man),
    /// Print the JSON Schema of profiles, for editors.
    #[command(after_help = "Example: calha schema > calha.schema.json\n\
                            In a profile: #:schema ./calha.schema.json, which editors with Taplo \
                            read.")]
    Schema,
    /// Print the reference of all settings, in Markdown.
    #[command(after_help = "Example: calha settings | less")]
    Settings,
}

#[derive(Subcommand)]
enum ProfileCommand {
    /// Say everything that is wrong with a profile, each with its line and remedy.
    Check(profile_check::ProfileCheck),
}

/// The words that were typed, or the status with which a wrong one, or a call for help, ends.
///
/// # Errors
/// What is wrong with them is told already.
pub fn parse() -> Result<Arguments, ExitCode> {
    Arguments::try_parse_from(words::all()).map_err(|error| {
        if error.use_stderr() {
            complain(error.to_string().trim_end());
            return ExitCode::from(exit::USAGE);
        }
        let status = print(&error.to_string());
        arrived(status, false)
    })
}

/// Answers a shell that wants to complete a command line. The status with which that ends; none
/// when no shell has asked.
pub fn complete() -> Option<ExitCode> {
    let asked = clap_complete::CompleteEnv::with_factory(Arguments::command)
        .var(completions::VARIABLE)
        .completer("calha")
        .try_complete(words::all(), std::env::current_dir().ok().as_deref());
    match asked {
        Ok(true) => Some(ExitCode::SUCCESS),
        Ok(false) => None,
        Err(error) => {
            complain(error.to_string().trim_end());
            Some(ExitCode::from(exit::USAGE))
        }
    }
}

/// Runs what was typed. The exit status is one of [`crate::exit`].
///
/// Output that did not arrive is told. It is a failure of a command that was only to print; of one
/// that changes something, the status tells what became of the change.
pub fn run(arguments: Arguments) -> ExitCode {
    let changes = arguments.command.changes();
    arrived(dispatch(arguments.command), changes)
}

/// The status of a command, once it was told what of its output did not arrive.
fn arrived(status: ExitCode, changes: bool) -> ExitCode {
    let Some(why) = Output::lost() else { return status };
    complain(&format!("standard output: {why}; the output is not complete"));
    if changes { status } else { ExitCode::from(exit::FAILED) }
}

impl Command {
    /// Whether its status tells what became of a change rather than of what it prints.
    const fn changes(&self) -> bool {
        matches!(
            self,
            Self::New(_)
                | Self::Install(_)
                | Self::Resume(_)
                | Self::Undo(_)
                | Self::Uninstall(_)
                | Self::Resolve(_)
                | Self::Adopt(_)
                | Self::Service(_)
                | Self::Debug { command: debug::Debug::On(_) | debug::Debug::Off(_) }
                | Self::ImportResults(_)
                | Self::Restore(_)
                | Self::Rt { command: rt::Rt::Upgrade(_) }
        )
    }
}

fn dispatch(command: Command) -> ExitCode {
    match command {
        Command::New(new) => new.run(),
        Command::Plan(plan) => plan.run(),
        Command::Install(install) => install.run(),
        Command::Resume(resume) => resume.run(),
        Command::Undo(undo) => undo.run(),
        Command::Uninstall(uninstall) => uninstall.run(),
        Command::Resolve(resolve) => resolve.run(),
        Command::Verify(verify) => verify.run(),

        Command::Check(check) => check.run(),
        Command::Adopt(adopt) => adopt.run(),
        Command::Service(service) => service.run(),
        Command::Debug { command } => command.run(),

        Command::ImportResults(import) => import.run(),
        Command::Export { command } => command.run(),
        Command::Status(status) => status.run(),
        Command::Report(report) => report.run(),
        Command::Restore(restore) => restore.run(),

        Command::Lab(lab) => lab.run(),
        Command::Models(models) => models.run(),
        Command::Downtime(downtime) => downtime.run(),
        Command::Worksheet(worksheet) => worksheet.run(),
        Command::Explain(explain) => explain.run(),
        Command::Rt { command } => command.run(),
        Command::Rehearse(rehearse) => rehearse.run(),
        Command::Profile { command: ProfileCommand::Check(check) } => check.run(),

        Command::Completions(completions) => completions.run(),
        Command::Man(man) => man.run(Arguments::command()),
        Command::Schema => print(&format!("{:#}\n", profile::schema())),
        Command::Settings => match profile::reference() {
            Ok(text) => print(&text),
            Err(problem) => {
                complain(&problem.to_string());
                ExitCode::FAILURE
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts are broken before a command and never within one.
    #[test]
    fn every_command_is_told_from_prose() {
        for command in Arguments::command().get_subcommands() {
            let typed = format!("calha {} site.toml", command.get_name());
            let mut out = String::new();
            crate::text::hint(&mut out, "", &format!("type this: {typed}"), 12);
            assert_eq!(out, format!("type this:\n    {typed}\n"));
        }
    }
}
