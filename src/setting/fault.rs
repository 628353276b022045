//! Why one value is refused, as a check sees it: it knows neither the key nor the line. `evaluate`
//! completes it to a `Problem`. Values are shown escaped and cut, so that a message cannot be
//! forged by what somebody typed.

use crate::problem::Code;

/// Why one value cannot be taken, before it is known where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Code of the [`Problem`](crate::problem::Problem) it becomes.
    pub code: Code,
    /// What is wrong with the value; completes a sentence that begins with the key.
    pub what: String,
    /// What to write instead.
    pub remedy: String,
}

impl Fault {
    /// A fault with its code, what is wrong and what to write instead.
    pub fn new(code: Code, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { code, what: what.into(), remedy: remedy.into() }
    }
}

/// A value as it is shown in a message: in quotes, escaped, cut when long.
pub fn shown(text: &str) -> String {
    let mut shown: String = text
        .chars()
        .take(60)
        .collect::<String>()
        .escape_debug()
        .to_string()
        .replace("\\'", "'")
        .replace("\\\"", "\"");
    if text.chars().count() > 60 {
        shown.push_str("...");
    }
    format!("'{shown}'")
}
