//! Severities of syslog with the names that messages and people use. Worse comes first, so that
//! "this and worse" is a comparison.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

/// Severities of syslog(3C), the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    Emerg,
    Alert,
    Crit,
    Error,
    Warning,
    Notice,
    Info,
    Debug,
}

impl Severity {
    /// All of them with the names that messages and people use.
    const NAMES: [(Self, &'static [&'static str]); 8] = [
        (Self::Emerg, &["emerg", "panic"]),
        (Self::Alert, &["alert"]),
        (Self::Crit, &["crit", "critical"]),
        (Self::Error, &["error", "err"]),
        (Self::Warning, &["warning", "warn"]),
        (Self::Notice, &["notice"]),
        (Self::Info, &["info"]),
        (Self::Debug, &["debug"]),
    ];
}

impl FromStr for Severity {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = Self::NAMES
            .iter()
            .find(|(_, names)| names.iter().any(|n| n.eq_ignore_ascii_case(text)));
        known.map(|(severity, _)| *severity).ok_or_else(|| {
            let all: Vec<&str> = Self::NAMES.iter().map(|(_, names)| names[0]).collect();
            format!("one of {}", all.join(", "))
        })
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Self::NAMES.iter().find(|(s, _)| s == self).map_or("", |(_, names)| names[0]);
        f.pad(name)
    }
}
