use serde::Serialize;

/// One run, as the journal has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Run {
    pub command: String,
    pub by: String,
    pub at: String,
}
