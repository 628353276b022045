//! Something that a rule has found in a registration file.

use super::{Fix, Rule, Span};

/// A finding with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub rule: &'static Rule,
    pub span: Span,
    /// What is wrong here, in one sentence.
    pub what: String,
    /// What to do about it here.
    pub remedy: String,
    /// The change that mends it, where there is only one.
    pub fix: Option<Fix>,
}

impl Finding {
    /// A finding with the remedy of its rule.
    pub fn new(rule: &'static Rule, span: Span, what: impl Into<String>) -> Self {
        Self { rule, span, what: what.into(), remedy: rule.remedy.into(), fix: None }
    }

    pub fn remedy(self, remedy: impl Into<String>) -> Self {
        Self { remedy: remedy.into(), ..self }
    }

    pub fn fix(self, fix: Fix) -> Self {
        Self { fix: Some(fix), ..self }
    }
}
