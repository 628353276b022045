//! `calha plan` on the command line: the dry run as text, scripts or JSON, printed or written into
//! a directory. It changes nothing, and with --offline it connects to no node.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use clap_complete::engine::ArgValueCandidates;

use super::accepted_code::accepted_code;
use super::connect::{Connections, connect};
use super::preview::Preview;
use super::work::{foresee, hosts};
use super::{ProfileArguments, RunArguments, complain, print, refuse, values};
use crate::exit;
use crate::guide::Guide;
use crate::host::views;
use crate::plan::{Plan, Script, scripts, text};
use crate::setting::Resolved;
use crate::ui::{explain_way, printed_width};

/// The form of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Commands and diffs, for people.
    Text,
    /// One Bourne script for each node and hand-over.
    Sh,
    /// Everything, for programs.
    Json,
}

/// `calha plan`: the dry run.
#[derive(Args)]
#[command(after_help = "Examples:\n\
                  calha plan profiles/asymmetric.toml --offline --format sh --out \
                  scripts\n\
                  calha plan profiles/asymmetric.toml --changes --exit-code\n\
                  calha plan profiles/asymmetric.toml --uninstall\n\
                  calha plan profiles/asymmetric.toml --service failover --to Node2\n\
                  calha plan profiles/n-plus-one.toml --service stop --instance cs2\n\
                  Exit status: 0 it could look, 1 something is in the way, 3 with --exit-code: \
                  something is to do or to ask, 5 a node cannot be reached.")]
pub struct PlanCommand {
    #[command(flatten)]
    profile: ProfileArguments,
    #[arg(long, value_enum, default_value = "text", conflicts_with = "previewed")]
    format: Format,
    /// Do not count a question or a problem with this code; may be repeated.
    #[arg(
        long,
        value_name = "CODE",
        value_parser = accepted_code,
        add = ArgValueCandidates::new(values::accepted)
    )]
    accept: Vec<String>,
    /// Connect to no node; the plan says what it could not know.
    #[arg(long, conflicts_with = "previewed")]
    offline: bool,
    /// Show only steps in which something would change, be asked or stop.
    #[arg(long, conflicts_with = "previewed")]
    changes: bool,
    /// End with status 3 where something is to do or to ask.
    #[arg(long, conflicts_with = "offline")]
    exit_code: bool,
    #[command(flatten)]
    preview: Preview,
    /// Write files into this directory, which is made; with --format sh one a script.
    #[arg(long, value_name = "DIR", conflicts_with = "previewed")]
    out: Option<PathBuf>,
}

impl PlanCommand {
    pub fn run(&self) -> ExitCode {
        let looking = RunArguments::looking(self.profile.clone(), self.accept.clone());
        if let Some(status) = self.preview.run(looking.clone(), self.exit_code) {
            return status;
        }

        let (resolved, guide) = match looking.load() {
            Ok(loaded) => loaded,
            Err(problems) => return refuse(&problems),
        };
        if self.format == Format::Sh {
            // A script looks for itself: it is the same with and without a connection.
            return self.give_scripts(&scripts(&guide));
        }

        let connected = match self.connect(&resolved, &guide) {
            Ok(connected) => connected,
            Err(status) => return status,
        };

        let (told, foreseen) = match self.offline {
            true => (Vec::new(), Ok(())),
            false => foresee(&looking, &guide, &connected),
        };
        let mut plan = match Plan::of_left(&guide, &views(&hosts(&connected)), &told) {
            Ok(plan) => plan,
            Err(error) => {
                complain(&error.to_string());
                return ExitCode::from(exit::UNREACHABLE);
            }
        };
        plan.foreseen(&told);

        let (name, content) = match self.format {
            Format::Json => (
                "plan.json",
                format!("{}\n", serde_json::to_string_pretty(&plan).unwrap_or_default()),
            ),
            Format::Text | Format::Sh => {
                let columns = if self.out.is_none() { printed_width() } else { 80 };
                ("plan.txt", text(&plan, self.changes, columns))
            }
        };
        let given = match &self.out {
            None => print(&content),
            Some(directory) => self.write(directory, &[(name.to_owned(), content)]),
        };

        if let Err(stop) = &foreseen {
            complain("an installation would end before its first change:");
            complain(&explain_way(stop, &self.profile.way()));
        }
        match foreseen.as_ref().map_err(exit::of) {
            // A question is in nobody's way yet.
            Err(exit::UNANSWERED) | Ok(()) => self.looked(given, &plan),
            Err(status) => ExitCode::from(status),
        }
    }

    /// The status where it could look and nothing is in the way; `given`: whether the plan got to
    /// where it was to go.
    fn looked(&self, given: ExitCode, plan: &Plan) -> ExitCode {
        if given != ExitCode::SUCCESS {
            return given;
        }
        ExitCode::from(match self.exit_code && plan.changes_anything() {
            true => exit::UNANSWERED,
            false => exit::DONE,
        })
    }

    /// Connects to the nodes, unless it is told not to; else says what can be done without.
    fn connect(&self, resolved: &Resolved, guide: &Guide) -> Result<Connections, ExitCode> {
        if self.offline {
            return Ok(Connections::default());
        }
        connect(resolved, guide).map_err(|stop| {
            complain(&explain_way(&stop, &self.profile.way()));
            let offline = self.profile.commands().of("plan");
            complain(&format!("      or: {offline} --offline, which needs no node"));
            ExitCode::from(exit::of(&stop))
        })
    }

    fn give_scripts(&self, scripts: &[Script]) -> ExitCode {
        match &self.out {
            Some(directory) => {
                let files: Vec<(String, String)> =
                    scripts.iter().map(|s| (s.name.clone(), s.text.clone())).collect();
                self.write(directory, &files)
            }
            None => {
                let all: String = scripts
                    .iter()
                    .map(|s| {
                        format!(
                            "######## {} ######## (--out DIR writes each into a file of its \
                             own)\n\
                             {}\n",
                            s.name, s.text
                        )
                    })
                    .collect();
                print(&all)
            }
        }
    }

    fn write(&self, directory: &std::path::Path, files: &[(String, String)]) -> ExitCode {
        match super::export::write(directory, files, Some(&self.profile.file)) {
            Ok(written) => print(&written),
            Err(error) => {
                complain(&format!("{}: {error}", directory.display()));
                ExitCode::from(exit::FAILED)
            }
        }
    }
}
