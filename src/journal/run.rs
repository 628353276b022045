//! A run as the journal has it, for whoever lists runs.

use serde::Serialize;

use super::RunCommand;

/// One run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Run {
    pub command: RunCommand,
    /// Who, on which host, with which process id.
    pub by: String,
    pub at: String,
}
