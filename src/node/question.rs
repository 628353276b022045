//! Questions to a node as data, with their answers, so that a host can put many of them into one
//! round trip. A question never changes the node. Each kind is a method of `Inspect`; how a
//! question travels is for `host`.

use super::{Command, Entry, HostError, NodePath, Output};

/// A question that changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    Stat(NodePath),
    Read(NodePath),
    Query(Command),
    Mounted(NodePath),
    Exists(NodePath),
    Link(NodePath),
}

/// Its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Stat(Entry),
    Read(Vec<u8>),
    Query(Output),
    Mounted(bool),
    Exists(bool),
    /// Where it leads, if it is one.
    Link(Option<String>),
}

/// Answers to questions, in their order.
pub type Answered = Vec<Result<Answer, HostError>>;
