//! What only a human can decide. Its code is stable, so that `--accept` can answer it beforehand;
//! unanswered it ends the run, and nothing is guessed. Putting it is left to the engine and its
//! `Prompt`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::node::NodeName;
use crate::problem::codes;
use crate::step::{Doubt, Remedy};

/// A question, and what accepting it does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Stable; `--accept CODE` answers it. `drift.vfstab-entry`, `group.not-ours`.
    pub code: String,
    /// None where it is about no step; an event has an empty name then.
    #[serde(with = "empty_for_none")]
    pub step: Option<String>,
    /// None where it is about no node; an event has an empty name then.
    #[serde(with = "empty_for_none")]
    pub node: Option<NodeName>,
    /// What is odd.
    pub what: String,
    /// What was found.
    pub found: String,
    /// What accepting it does.
    pub accepting: String,
    /// The way out where a method of a resource has failed: accepting starts nothing again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedy: Option<Remedy>,
}

impl Question {
    /// " on Node1", for a sentence.
    pub fn at(&self) -> String {
        self.node.as_ref().map_or_else(String::new, |node| format!(" on {node}"))
    }

    /// Whether it is about this step.
    pub fn is_of(&self, step: &str) -> bool {
        self.step.as_deref() == Some(step)
    }

    /// Whether it is about one of these steps.
    pub(super) fn is_of_any(&self, steps: &BTreeSet<String>) -> bool {
        self.step.as_ref().is_some_and(|step| steps.contains(step))
    }

    /// Whether the other is the same, asked of another node perhaps.
    pub(super) fn is_but_for_its_node(&self, other: &Self) -> bool {
        *self == Self { node: self.node.clone(), ..other.clone() }
    }

    /// The question that a doubt of a look is.
    pub(super) fn of(step: &str, doubt: Doubt) -> Self {
        Self {
            code: doubt.code.into(),
            step: Some(step.into()),
            node: Some(doubt.node),
            what: doubt.what,
            found: doubt.found,
            accepting: "goes on as if it were not there".into(),
            remedy: None,
        }
    }

    /// The question that consent is, for a run that nobody can answer.
    pub(crate) fn consent() -> Self {
        Self {
            code: codes::CONSENT.into(),
            step: None,
            node: None,
            what: "calha has no terminal on which it could ask you to agree".into(),
            found: "standard input is not a terminal".into(),
            accepting: "add --yes".into(),
            remedy: None,
        }
    }
}

/// How releases before these types wrote them.
mod empty_for_none {
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub fn serialize<T: ToString, S: Serializer>(
        name: &Option<T>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        to.serialize_str(&name.as_ref().map_or_else(String::new, T::to_string))
    }

    pub fn deserialize<'d, T: From<String>, D: Deserializer<'d>>(
        from: D,
    ) -> Result<Option<T>, D::Error> {
        let name = String::deserialize(from)?;
        Ok((!name.is_empty()).then(|| T::from(name)))
    }
}

#[cfg(test)]
mod tests {
    use super::Question;
    use crate::node::NodeName;

    #[test]
    fn no_step_and_no_node_are_empty_names_in_an_event() {
        let consent = Question::consent();
        let of_one = Question {
            step: Some("backup".into()),
            node: Some(NodeName("Node1".into())),
            ..consent.clone()
        };
        for (question, step, node) in [(consent, "", ""), (of_one, "backup", "Node1")] {
            let written = serde_json::to_value(&question).unwrap();
            assert_eq!((&written["step"], &written["node"]), (&step.into(), &node.into()));
            assert_eq!(serde_json::from_value::<Question>(written).unwrap(), question);
        }
    }
}
