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
