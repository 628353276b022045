//! What the table says of one code.

use super::codes;

/// A code of problems, notes and questions: what it means wherever it appears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// As it is printed; STEP stands for the id of a step.
    pub code: &'static str,
    pub effect: Effect,
    /// What is behind it.
    pub cause: &'static str,
    /// What to do.
    pub remedy: &'static str,
}

impl Entry {
    /// Whether the same command ends there again until somebody does what the hint of the problem
    /// says: it names what is to be typed instead. A password that is given is a thing put right,
    /// and the same command goes on.
    pub fn is_settled_by_its_hint(&self) -> bool {
        let secret = [codes::SECRET_UNANSWERED, codes::SECRET_UNREADABLE];
        let refuses = self.effect == Effect::Refuses && !secret.iter().any(|c| *self.code == *c);
        refuses || *self.code == codes::JOURNAL_ELSEWHERE
    }
}

/// What it does to a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The command is refused before anything begins.
    Refuses,
    /// In the way; `--accept CODE` goes on in spite of it.
    Blocks,
    /// Ends the run where it is; everything done so far is kept.
    Ends,
    /// Said, and not in the way.
    Said,
    /// A question; `--accept CODE` answers it with yes.
    Asks,
}

impl Effect {
    /// In a few words.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Refuses => "refuses the command before anything begins",
            Self::Blocks => "is in the way; --accept goes on in spite of it",
            Self::Ends => "ends the run; everything done so far is kept",
            Self::Said => "is said, and not in the way",
            Self::Asks => "is a question; --accept says yes to it",
        }
    }
}
