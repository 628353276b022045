//! The part of an upgrade during which the same groups are disturbed: down, another version, and
//! back to the states before.

use serde::{Deserialize, Serialize};

use super::{Action, Move};
use crate::node::NodeName;

/// Groups and resources that are upgraded together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wave {
    /// Its first group: what its steps are called by.
    pub name: String,
    /// Nodes of all its groups.
    pub nodes: Vec<NodeName>,
    /// To what the new version demands, no further.
    pub down: Vec<Action>,
    /// In the order of dependencies.
    pub moves: Vec<Move>,
    /// Takes what `down` did back: the states before.
    pub up: Vec<Action>,
    /// To what undoing demands, from the states before or any state below.
    pub back_down: Vec<Action>,
    /// The states before, from any state below.
    pub restore: Vec<Action>,
    /// What users notice, and on which way.
    pub outage: Vec<String>,
    pub back_outage: Vec<String>,
}
