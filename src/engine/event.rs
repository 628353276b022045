//! What a run tells, for people and for programs that read JSON. An event says what happened and
//! asks for nothing. How it is shown is left to the `Sink`.

use serde::{Deserialize, Serialize};

use super::{Failure, Outage, Question};
use crate::journal::RunCommand;
use crate::node::NodeName;
use crate::op::Leftover;
use crate::problem::Problem;
use crate::step::Step;

/// A step in the list that is announced before the first one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    pub id: String,
    pub title: String,
    pub section: String,
    pub nodes: Vec<NodeName>,
    /// Whether anything is left to do in it.
    pub todo: bool,
    /// What is sent, with its node, where that is not told step by step before anybody agrees.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub commands: Vec<(NodeName, String)>,
    /// What changes in files of a node by it, values of credentials masked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub diffs: Vec<(NodeName, String)>,
}

impl Summary {
    /// One that is all to do, with the commands of its operations.
    pub(super) fn of_step(step: &Step) -> Self {
        let on = |node: NodeName| {
            let commands = (step.ops)(&node).into_iter().flat_map(|op| op.commands());
            commands.map(|command| (node.clone(), command)).collect::<Vec<_>>()
        };
        Self {
            id: step.id.to_string(),
            title: step.title.clone(),
            section: step.cite.to_string(),
            nodes: step.nodes(),
            todo: true,
            commands: step.nodes().into_iter().flat_map(on).collect(),
            diffs: Vec::new(),
        }
    }
}

/// How an operation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    Done,
    /// It held already, by an earlier run.
    Already,
    /// It held before calha came.
    Adopted,
    /// Someone accepted it as it is.
    Waived,
    #[serde(rename = "taken-back")]
    Undone,
    /// It cannot or need not be undone.
    Left,
}

/// Where an instance is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    pub group: String,
    /// Its state on each of its nodes; empty where the group does not exist.
    pub states: Vec<(NodeName, String)>,
    /// Mount points of its file systems, each with the nodes that have it.
    pub mounts: Vec<(String, Vec<NodeName>)>,
}

/// What happens in a run.
// Events are few and short-lived.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "event")]
pub enum Event {
    /// The complete list, before the first step.
    Announced {
        command: RunCommand,
        steps: Vec<Summary>,
        /// What cannot be undone.
        leftovers: Vec<(NodeName, Leftover)>,
        /// Running services that are cut off. Nothing else stops one.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        outages: Vec<Outage>,
    },
    StepBegins {
        number: usize,
        of: usize,
        id: String,
        title: String,
        section: String,
        why: String,
        /// Whether it is looked at once more, since a later step may have made it obsolete.
        #[serde(default, skip_serializing_if = "is_false")]
        again: bool,
    },
    /// A step is going to be undone; its number and how many there are count those of this undo.
    UndoBegins {
        number: usize,
        of: usize,
        id: String,
        title: String,
    },
    /// What is looked at before the first change begins: facts and problems of all steps follow.
    LookingFirst,
    /// All that was told.
    LookedFirst,
    /// `attended`: from here to its end the terminal belongs to a program of the node, or to a
    /// question.
    OpBegins {
        attended: bool,
        step: String,
        node: NodeName,
        number: u32,
        commands: Vec<String>,
        /// What it changes in a file, values of credentials masked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        diff: Option<String>,
    },
    OpEnds {
        step: String,
        node: NodeName,
        number: u32,
        outcome: Outcome,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        detail: Option<String>,
        /// What was looked at and found to be so, when it was done.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        proof: Option<String>,
    },
    /// Something that was seen: a proof, or how it stands before the step.
    Fact {
        step: String,
        text: String,
        /// Whether the step has not done its work yet.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        before: bool,
    },
    /// Worth saying, not in the way.
    Notice {
        step: String,
        problem: Problem,
    },
    Problem {
        step: String,
        problem: Problem,
    },
    Question {
        question: Question,
        accepted: bool,
        /// Whether somebody was asked, and has seen it: a terminal does not say it once more.
        #[serde(default)]
        asked: bool,
    },
    StepEnds {
        id: String,
    },
    /// Somebody decided to leave it out.
    StepSkipped {
        id: String,
    },
    /// Where groups and mounts are now.
    Standing {
        cluster: String,
        standing: Vec<Standing>,
    },
    Failed {
        failure: Failure,
    },
    /// The end: how many operations were carried out.
    Ended {
        changed: usize,
        summary: String,
        /// Why it ended early.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<String>,
    },
}

// serde hands over a reference.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_false(flag: &bool) -> bool {
    !*flag
}

impl Event {
    /// The step it is about, of what happens while a step's operations are done.
    pub fn step(&self) -> Option<&str> {
        match self {
            Self::OpBegins { step, .. }
            | Self::OpEnds { step, .. }
            | Self::Fact { step, .. }
            | Self::Notice { step, .. }
            | Self::Problem { step, .. } => Some(step),
            _ => None,
        }
    }
}
