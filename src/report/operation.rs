//! One operation as the report tells it. Nodes that got the same, with the same result, are one
//! entry, so that a page about four nodes is not four pages.

use serde::Serialize;

/// One operation of a step, on the nodes that got the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Operation {
    pub nodes: Vec<String>,
    pub commands: Vec<String>,
    pub diff: String,
    /// "done", "there before calha".
    pub state: String,
    /// "3 s"; empty where it is not known.
    pub took: String,
    /// Why it cannot be undone; empty where it can.
    pub irreversible: String,
}
