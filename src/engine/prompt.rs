use super::{Answer, Question};
use crate::host::NodeName;
use crate::op::{Command, OpId};

/// Whoever answers questions: a human at a terminal, nobody, or a script.
pub trait Prompt {
    /// Whether the work may begin; asked once, before the first change.
    fn consent(&mut self, what: &str) -> Answer;
    /// Whether a question is accepted.
    fn accept(&mut self, question: &Question) -> Answer;
    /// Whether somebody sits at a terminal on which a program of a node can ask.
    fn attends(&self) -> bool;
    /// Has something done by hand. Yes: it is said to be done.
    fn operator(&mut self, id: &OpId, on: &NodeName, command: Option<&Command>, instructions: &str) -> Answer;
}
