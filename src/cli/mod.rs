//! The command line: the only place that prints.

mod profile_check;

use std::io::{ErrorKind, Write as _};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::profile;

/// Makes Sun Java System Calendar Server 6.3 highly available on Sun Cluster.
#[derive(Parser)]
#[command(name = "calha", version, arg_required_else_help = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Work on a profile file alone, without any node.
    Profile {
        #[command(subcommand)]
        command: ProfileCommand,
    },
    /// Print the JSON Schema of profiles, for editors.
    Schema,
    /// Print the reference of all settings, in Markdown.
    Settings,
}

#[derive(Subcommand)]
enum ProfileCommand {
    /// Say everything that is wrong with a profile, each with its line and remedy. Exit status 2 when anything is.
    Check(profile_check::ProfileCheck),
}

/// Runs what was typed. Exit status: 0 done, 2 usage, missing or invalid answers.
pub fn run(arguments: Arguments) -> ExitCode {
    match arguments.command {
        Command::Profile { command: ProfileCommand::Check(check) } => check.run(),
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

/// Data, to standard output. A reader that has gone away (`| head`) is no error.
fn print(text: &str) -> ExitCode {
    match std::io::stdout().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("standard output: {error}"));
            ExitCode::FAILURE
        }
    }
}

/// Talk, to standard error; there is nobody to tell when that fails.
fn complain(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}
