//! What only a human can decide. Its code is stable, so that `--accept` can answer it beforehand;
//! unanswered it ends the run, and nothing is guessed. Putting it is left to the engine and its
//! `Prompt`.

use crate::problem::codes;
use serde::{Deserialize, Serialize};

use crate::node::NodeName;
use crate::step::Doubt;

/// A question, and what accepting it does.
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

impl Question {
    /// Whether the other is the same, asked of another node perhaps.
    pub(super) fn is_but_for_its_node(&self, other: &Self) -> bool {
        *self == Self { node: self.node.clone(), ..other.clone() }
    }

    /// The question that a doubt of a look is.
    pub(super) fn of(step: &str, doubt: Doubt) -> Self {
        Self {
            code: doubt.code.into(),
            step: step.into(),
            node: doubt.node,
            what: doubt.what,
            found: doubt.found,
            accepting: "goes on as if it were not there".into(),
        }
    }

    /// The question that consent is, for a run that nobody can answer.
    pub(crate) fn consent() -> Self {
        Self {
            code: codes::CONSENT.into(),
            step: String::new(),
            node: NodeName(String::new()),
            what: "nobody is there to agree to the changes".into(),
            found: "standard input is no terminal".into(),
            accepting: "add --yes".into(),
        }
    }
}
