//! What somebody needs to know of an operation that failed: the guide's section, the commands, what
//! they printed, how the cluster stands, and the way out. The run stops there and keeps everything.
//! How it is shown is left to whoever shows a `Stop`.

use serde::{Deserialize, Serialize};

use crate::node::NodeName;
use crate::step::Remedy;

/// An operation that did not do what it should.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    pub step: String,
    pub title: String,
    /// Section of the guide, with errata.
    pub section: String,
    pub node: NodeName,
    pub commands: Vec<String>,
    pub status: Option<i32>,
    /// The last lines that it printed.
    pub tail: String,
    /// Everything that this run and those before it did was undone after it.
    #[serde(rename = "taken_back", default, skip_serializing_if = "std::ops::Not::not")]
    pub undone: bool,
    /// How the cluster stands where the operation left it: what is neither up nor down.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seen: Vec<String>,
    /// The way out, when a method of a resource has failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedy: Option<Remedy>,
}
