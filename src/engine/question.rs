use serde::{Deserialize, Serialize};

use crate::host::NodeName;

/// Something only a human can decide. Unanswered it ends the run; nothing is guessed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Stable; `--accept CODE` answers it. `drift.vfstab-entry`, `group.not-ours`.
    pub code: String,
    pub step: String,
    pub node: NodeName,
    /// What is odd.
    pub what: String,
    /// What was found.
    pub found: String,
    /// What accepting it does.
    pub accepting: String,
}
