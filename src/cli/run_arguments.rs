//! The options of every command that may change nodes, and how such a command is resumed with the
//! same options.

use clap::{Args, ValueEnum};
use clap_complete::engine::ArgValueCandidates;

use super::{ProfileArguments, values};
use crate::op::quote;
use crate::ui::Way;

/// How what happens is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Events {
    /// One event a line, as JSON, on standard output.
    Json,
}

/// What every command that may change nodes takes.
#[derive(Args, Clone, Debug)]
pub struct RunArguments {
    #[command(flatten)]
    pub profile: ProfileArguments,
    /// Agree to the changes beforehand; nothing is asked.
    #[arg(long, short = 'y')]
    pub yes: bool,
    /// Accept a question or a problem with this code; may be repeated. Recorded in the journal.
    #[arg(long, value_name = "CODE", add = ArgValueCandidates::new(values::accepted))]
    pub accept: Vec<String>,
    /// Tell what happens in a form for programs.
    #[arg(long, value_enum, value_name = "FORM")]
    pub events: Option<Events>,
}

impl RunArguments {
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
        Way { resume: Some(resume), back: Some(way.commands.of("rollback")), ..way }
    }
}
