use std::io::{IsTerminal, stderr, stdin};

use dialoguer::Password;

use crate::problem::Problem;

/// Asks for a secret on the terminal, without showing it.
///
/// # Errors
/// When nobody is there to be asked.
pub fn ask_secret(what: &str) -> Result<String, Problem> {
    let nobody = |why: String| {
        Problem::new("secret.unanswered", format!("{what}: {why}"))
            .hint("run calha on a terminal, or give { file = \"/path\" } or { env = \"NAME\" } in the profile")
    };
    if !(stdin().is_terminal() && stderr().is_terminal()) {
        return Err(nobody("nobody is there to be asked".into()));
    }
    Password::new().with_prompt(what).interact().map_err(|e| nobody(e.to_string()))
}
