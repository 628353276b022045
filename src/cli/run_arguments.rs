//! The options of every command that may change nodes, and how such a command is resumed with the
//! same options.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use clap_complete::engine::ArgValueCandidates;

use super::accepted_code::{accepted_code, unknown_in};
use super::{ProfileArguments, places, values};
use crate::guide::Guide;
use crate::op::quote;
use crate::problem::Problem;
use crate::setting::Resolved;
use crate::ui::Way;

/// How what happens is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Events {
    /// One event a line, as JSON, on standard output.
    Json,
}

/// A preview of a command.
#[derive(Clone, Debug)]
pub struct Previewed {
    /// What does it.
    pub command: String,
    /// Whether the status says that something is to do.
    pub exit_code: bool,
}

/// What every command that may change nodes takes.
#[derive(Args, Clone, Debug)]
pub struct RunArguments {
    #[command(flatten)]
    pub profile: ProfileArguments,
    /// Agree to the changes beforehand; calha asks nothing. What is not as it should be still needs
    /// --accept CODE, and ends the run with 3 without it.
    #[arg(long, short = 'y')]
    pub yes: bool,
    /// Accept a question or a problem with this code; may be repeated. Recorded in the journal.
    #[arg(
        long,
        value_name = "CODE",
        value_parser = accepted_code,
        add = ArgValueCandidates::new(values::accepted)
    )]
    pub accept: Vec<String>,
    /// Tell what happens in a form for programs.
    #[arg(long, value_enum, value_name = "FORM")]
    pub events: Option<Events>,
    /// Show in full what a terminal shows in a line each: the list of steps, what stays, the
    /// proofs.
    #[arg(long)]
    pub verbose: bool,
    /// Of a rehearsal, where its journals are: not where those of real clusters are.
    #[arg(skip)]
    pub rehearsal: Option<PathBuf>,
    /// Of a preview: the run ends where it would ask for consent.
    #[arg(skip)]
    pub preview: Option<Previewed>,
}

impl RunArguments {
    /// Of a command that looks at what another one would find.
    pub fn looking(profile: ProfileArguments, accept: Vec<String>) -> Self {
        Self {
            profile,
            yes: false,
            accept,
            events: None,
            verbose: true,
            rehearsal: None,
            preview: None,
        }
    }

    /// The settings of the profile and its steps.
    ///
    /// # Errors
    /// Everything that is missing or wrong, also in what is accepted.
    pub fn load(&self) -> Result<(Resolved, Guide), Vec<Problem>> {
        let (resolved, guide) = self.profile.load()?;
        let unknown = unknown_in(&self.accept, &guide);
        if unknown.is_empty() { Ok((resolved, guide)) } else { Err(unknown) }
    }

    /// The directory of a journal.
    ///
    /// # Errors
    /// When neither `XDG_STATE_HOME` nor `HOME` is an absolute path.
    pub fn state(&self, cluster: &str, name: &str) -> Result<PathBuf, Problem> {
        match &self.rehearsal {
            Some(own) => Ok(own.join(cluster).join(name)),
            None => places::state(cluster, name),
        }
    }

    /// How to go on after a run of the installation; what was agreed to and accepted stays so when
    /// it is resumed.
    pub fn way(&self) -> Way {
        let mut resume = self.profile.commands().of("resume");
        if self.yes {
            resume.push_str(" --yes");
        }
        self.accept.iter().for_each(|code| resume.push_str(&format!(" --accept {}", quote(code))));
        if self.events.is_some() {
            resume.push_str(" --events json");
        }
        let way = self.profile.way();
        Way { resume: Some(resume), undo: Some(way.commands.of("rollback")), ..way }
    }
}
