use serde::{Deserialize, Serialize};

use super::NodePath;

/// Something an irreversible operation leaves behind, declared before consent is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leftover {
    /// The file or directory (with all that is below it).
    pub path: NodePath,
    /// What it is, for the report.
    pub what: String,
}
