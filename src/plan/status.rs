//! What the dry run can say of an operation before anything has been done. "Known after" and
//! "offline" are honest answers: neither is counted as done or as a failure.

use serde::{Deserialize, Serialize};

/// What the dry run knows of an operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "status")]
pub enum Status {
    /// It will be done.
    Todo,
    /// It holds already.
    Holds,
    /// Something else is there; an installation would ask.
    Differs { found: String },
    /// Whether it has to be done is known when that step has run.
    KnownAfter { step: String },
    /// Not known without a connection.
    Offline,
}
