//! Where the engine asks: a human at a terminal, nobody, or a script. The engine itself knows no
//! terminal, and where nobody answers it guesses nothing. Questions that `--accept` answers
//! beforehand never come here.

use super::{Choice, Picked, Proposal, Question, Reply};
use crate::node::{Command, NodeName};
use crate::op::OpId;
use crate::problem::Problem;

/// Whoever answers questions.
pub trait Prompt {
    /// Whether the work may begin; asked once, before the first change.
    fn consent(&mut self, what: &str) -> Reply;
    /// Whether a question is accepted.
    fn accept(&mut self, question: &Question) -> Reply;
    /// Which of these values a setting is to have.
    fn choose(&mut self, _: &Question, _: &[String]) -> Picked {
        Picked::Nothing
    }
    /// Whether every step that changes something is decided about, one at a time.
    fn proposes(&self) -> bool {
        false
    }
    /// What is to become of a step; asked only when [`proposes`](Self::proposes).
    fn step(&mut self, _: &Proposal<'_>) -> Choice {
        Choice::Run
    }
    /// Whether to look once more at what was in the way of the first change: somebody may have put
    /// it right.
    fn look_again(&mut self, _: &[Problem]) -> Reply {
        Reply::Nobody
    }
    /// Whether somebody sits at a terminal on which a program of a node can ask.
    fn attends(&self) -> bool;
    /// Has something done by hand. Yes: it is said to be done.
    fn operator(
        &mut self,
        id: &OpId,
        on: &NodeName,
        command: Option<&Command>,
        instructions: &str,
    ) -> Reply;
}
