//! What a step is called in one installation: its kind, and its instance where there are several.
//! It is written as one word. What a journal of another release names may be no step of this one,
//! so journals, records and events keep the word.

use std::fmt;

use super::StepKind;

/// The name of a step: `vfstab-entry`; of one instance among several `vfstab-entry-cs1`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StepId {
    pub kind: StepKind,
    /// The instance it belongs to, where there are several and it is not for all of them.
    pub instance: Option<String>,
    /// Both in one word.
    text: String,
}

impl StepId {
    /// The step of this kind; of one instance among several.
    pub fn new(kind: StepKind, instance: Option<String>) -> Self {
        let text = match &instance {
            Some(instance) => format!("{kind}-{instance}"),
            None => kind.to_string(),
        };
        Self { kind, instance, text }
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl From<StepKind> for StepId {
    fn from(kind: StepKind) -> Self {
        Self::new(kind, None)
    }
}

impl fmt::Display for StepId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for StepId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl PartialEq<str> for StepId {
    fn eq(&self, word: &str) -> bool {
        self.text == word
    }
}

impl PartialEq<StepId> for String {
    fn eq(&self, id: &StepId) -> bool {
        *self == id.text
    }
}
