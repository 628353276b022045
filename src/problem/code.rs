//! Codes as types: a problem or a question takes one only from the table in `codes`, so what is
//! printed can be explained. What is read, from a journal or an event, may be of another release
//! and stays text.

use std::fmt;

/// A code of problems, notes and questions, the same wherever it appears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code(pub(super) &'static str);

impl Code {
    /// As it is printed.
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl From<Code> for String {
    fn from(code: Code) -> Self {
        code.0.to_owned()
    }
}

impl PartialEq<Code> for String {
    fn eq(&self, code: &Code) -> bool {
        self == code.0
    }
}

impl PartialEq<Code> for str {
    fn eq(&self, code: &Code) -> bool {
        self == code.0
    }
}

/// A code that each step has for itself: STEP in it stands for the step's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepCode(pub(super) &'static str);

impl StepCode {
    /// As it stands in the table.
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// The code of this step.
    pub fn of(self, step: &str) -> String {
        self.0.replace("STEP", step)
    }

    /// Whether a printed code is this one of any step.
    pub fn is(self, code: &str) -> bool {
        self.step_in(code).is_some()
    }

    /// The step of which a printed code is this one.
    pub fn step_in(self, code: &str) -> Option<&str> {
        let (before, after) = self.0.split_once("STEP")?;
        let step = code.strip_prefix(before)?.strip_suffix(after)?;
        Some(step).filter(|step| !step.is_empty())
    }
}
