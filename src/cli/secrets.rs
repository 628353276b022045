//! Fetches a secret when a connection needs it. A file that others can read is refused, and the
//! secret is kept nowhere.

use std::os::unix::fs::MetadataExt as _;

use crate::problem::{Problem, codes};
use crate::setting::SecretRef;
use crate::ui::ask_secret;

/// The secret itself, read now and kept nowhere.
///
/// # Errors
/// What is not there, is empty, or can be read by others.
pub fn secret(reference: &SecretRef, what: &str) -> Result<String, Problem> {
    let problem =
        |why: String| Problem::new(codes::SECRET_UNREADABLE, format!("{what}: {reference} {why}"));
    let text = match reference {
        SecretRef::Ask => return ask_secret(what),
        SecretRef::Env(name) => std::env::var(name)
            .map_err(|_| problem("is not set".into()).hint(format!("export {name}")))?,
        SecretRef::File(path) => {
            let about = std::fs::metadata(path).map_err(|e| problem(e.to_string()))?;
            if about.mode() & 0o077 != 0 {
                return Err(
                    problem("can be read by others".into()).hint(format!("chmod 0600 {path}"))
                );
            }
            std::fs::read_to_string(path).map_err(|e| problem(e.to_string()))?
        }
    };
    let line = text.lines().next().unwrap_or_default().to_owned();
    if line.is_empty() { Err(problem("is empty".into())) } else { Ok(line) }
}
