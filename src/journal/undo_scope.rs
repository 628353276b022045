//! What a run undoes, written with the run: whoever resumes one that was cut off goes on with
//! the same, and with nothing else. It names steps and instances; which operations that means, the
//! history and the guide say.

use serde::{Deserialize, Serialize};

/// What a run undoes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "takes")]
pub enum UndoScope {
    /// Everything that is ours.
    Whole,
    /// A step and what follows it.
    From { step: String },
    /// These steps only: for a file that has to be as it was.
    Steps { steps: Vec<String> },
    /// One instance of several.
    Instance { name: String },
}
