//! What the table says of one code.

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
            Self::Said => "is a note: the run goes on",
            Self::Asks => "is a question; --accept says yes to it",
        }
    }
}
