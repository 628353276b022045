//! One step as it was done, with what was seen as its proof and what was noted.

use jiff::Zoned;
use serde::Serialize;

use super::{Operation, Told};
use crate::engine::Engine;
use crate::journal::{Entry, History};
use crate::node::NodeName;
use crate::op::OpId;
use crate::step::Step;

/// A step as it was done.
#[derive(Clone, Debug, Serialize)]
pub struct StepReport {
    pub number: usize,
    pub id: String,
    pub title: String,
    pub section: String,
    pub why: String,
    pub operations: Vec<Operation>,
    pub evidence: Vec<String>,
    pub notes: Vec<String>,
}

impl StepReport {
    /// What the journal and the logs of the runs have of a step.
    pub fn of(number: usize, step: &Step, history: &History, told: &Told) -> Self {
        let mut operations: Vec<Operation> = Vec::new();
        for node in step.nodes() {
            for one in on_node(step, &node, history, told) {
                add(&mut operations, one);
            }
        }

        Self {
            number,
            id: step.id.to_string(),
            title: step.title.clone(),
            section: step.cite.to_string(),
            why: step.why.to_owned(),
            operations,
            evidence: told.evidence.get(step.id.as_str()).cloned().unwrap_or_default(),
            notes: told.notes.get(step.id.as_str()).cloned().unwrap_or_default(),
        }
    }
}

/// The step's operations for a node, each by itself.
fn on_node(step: &Step, node: &NodeName, history: &History, told: &Told) -> Vec<Operation> {
    let keys = Engine::keys(step, node);
    let mut operations = Vec::new();
    for ((id, op), key) in step.named_ops(node).into_iter().zip(keys) {
        let entry = history.entries.get(&key);
        // Where it ran, which another member may have been.
        let there = entry.and_then(|e| e.node.clone()).unwrap_or_else(|| node.clone());
        let ran = OpId::new(step.id.as_str(), &there, id.number);
        let left = entry.and_then(|e| e.left.as_ref());

        operations.push(Operation {
            nodes: vec![there.0],
            commands: op.commands(),
            diff: told.diffs.get(&ran).cloned().unwrap_or_default(),
            state: left
                .map_or_else(|| history.state(&key).to_string(), |why| format!("stays: {why}")),
            took: entry.map_or_else(String::new, took),
            // What has stayed says why.
            irreversible: match left {
                Some(_) => String::new(),
                None => op.inverse(&id).err().unwrap_or_default(),
            },
        });
    }
    operations
}

/// Adds an operation to those of other nodes, to the entry of the same where there is one.
fn add(operations: &mut Vec<Operation>, one: Operation) {
    let same = |other: &Operation| {
        other.commands == one.commands
            && other.diff == one.diff
            && other.state == one.state
            && other.irreversible == one.irreversible
    };

    match operations.iter_mut().find(|other| same(other)) {
        Some(other) if !other.nodes.contains(&one.nodes[0]) => {
            if other.took != one.took {
                other.took = format!("{}, {}", other.took, one.took);
            }
            other.nodes.extend(one.nodes);
        }
        _ => operations.push(one),
    }
}

/// How long it took, by the times in the journal, which are whole seconds.
fn took(entry: &Entry) -> String {
    let at = |text: &Option<String>| {
        text.as_ref().and_then(|text| Zoned::strptime("%Y-%m-%d %H:%M:%S %z", text).ok())
    };
    match (at(&entry.began_at), at(&entry.ended_at)) {
        (Some(began), Some(ended)) => {
            format!("{} s", ended.timestamp().as_second() - began.timestamp().as_second())
        }
        _ => String::new(),
    }
}
