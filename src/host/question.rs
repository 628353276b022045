use super::{Entry, Output};
use crate::op::{Command, NodePath};

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
