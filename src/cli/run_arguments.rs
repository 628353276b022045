use clap::{Args, ValueEnum};
use clap_complete::engine::ArgValueCandidates;

use super::{ProfileArguments, values};

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
