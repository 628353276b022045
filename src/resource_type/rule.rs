//! A rule of `calha rt lint`: its code, how much it weighs, and who says so.

use std::fmt;

use serde::Serialize;

use super::Release;

/// How much a finding weighs. Only what a manual backs is an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Note,
    Warning,
    Error,
}

impl Severity {
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// One rule.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable: `rtr.missing-semicolon`.
    pub code: &'static str,
    pub severity: Severity,
    /// The first release that it holds for; absent: every one.
    pub since: Option<Release>,
    /// The last release that it holds for; absent: every one.
    pub until: Option<Release>,
    /// The manual page or document that says so.
    pub source: &'static str,
    /// What is wrong, in a sentence or two.
    pub what: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
    /// What `--fix` does; absent: it has more than one reading.
    pub fix: Option<&'static str>,
}

impl Rule {
    /// Whether it holds for a release.
    pub fn holds_for(&self, release: Release) -> bool {
        self.since.is_none_or(|since| release >= since)
            && self.until.is_none_or(|until| release <= until)
    }
}
