//! What an irreversible operation leaves on a node, declared so that calha can name it before the
//! administrator consents. It is for reports: calha tells of leftovers and removes none of them.

use serde::{Deserialize, Serialize};

use crate::node::NodePath;

/// Something that an irreversible operation leaves behind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leftover {
    /// The file or directory (with all that is below it).
    pub path: NodePath,
    /// What it is, for the report.
    pub what: String,
}
