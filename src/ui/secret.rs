use super::{Keyboard, Typed};
use crate::problem::Problem;

/// Asks for a secret on the terminal, without showing it.
///
/// # Errors
/// When nobody is there to be asked, or nobody answers.
pub fn ask_secret(what: &str) -> Result<String, Problem> {
    let nobody = |why: &str| {
        Problem::new("secret.unanswered", format!("{what}: {why}"))
            .hint("run calha on a terminal, or give { file = \"/path\" } or { env = \"NAME\" } in the profile")
    };
    let keyboard = Keyboard::new().map_err(|_| nobody("nobody is there to be asked"))?;
    match keyboard.ask_secret(&format!("{what}: ")) {
        Typed::Line(secret) => Ok(secret),
        Typed::End | Typed::Interrupted => Err(nobody("nobody answered")),
    }
}
