//! Asks for a password at the terminal without showing it. It is handed to the connection that
//! needs it and kept nowhere.

use super::{Keyboard, Typed, talk};
use crate::problem::{Problem, codes};

/// Asks for a secret on the terminal, without showing it.
///
/// # Errors
/// When nobody is there to be asked, or nobody answers.
pub fn ask_secret(what: &str) -> Result<String, Problem> {
    let nobody = |why: &str| {
        Problem::new(codes::SECRET_UNANSWERED, format!("{what}: {why}")).hint(
            "run calha on a terminal, or give { file = \"/path\" } or { env = \"NAME\" } \
                 in the profile",
        )
    };
    let keyboard = Keyboard::new().map_err(|_| nobody("there is no terminal to ask on"))?;
    let question = format!("{what}: ");
    loop {
        match keyboard.ask_secret(&question) {
            Typed::Line(secret) if secret.is_empty() => {
                talk("nothing was typed; ^D leaves it unanswered\n");
            }
            Typed::Line(secret) => return Ok(secret),
            Typed::End | Typed::Interrupted => return Err(nobody("nobody answered")),
        }
    }
}
