//! Fetches a secret when a connection needs it. A file that others can read is refused, the secret
//! is kept nowhere, and once it is there no text with it is shown, and no core file is left. Its
//! bytes are passed on as they are: whether they are UTF-8 is the node's affair.

use std::fs::File;
use std::io::Read as _;
use std::os::unix::ffi::OsStringExt as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};

use crate::problem::{Problem, codes};
use crate::setting::SecretRef;
use crate::text::never_show;
use crate::ui::ask_secret;

/// Longest file of a secret, in bytes; its first line counts.
const LONGEST: u64 = 64 << 10;

/// The secret itself, read now and kept nowhere.
///
/// # Errors
/// What is not there, is empty, or can be read by others.
pub fn secret(reference: &SecretRef, what: &str) -> Result<Vec<u8>, Problem> {
    let problem =
        |why: String| Problem::new(codes::SECRET_UNREADABLE, format!("{what}: {reference} {why}"));

    let bytes = match reference {
        SecretRef::Ask => return ask_secret(what).map(|typed| guarded(typed.as_bytes())),
        SecretRef::Env(name) => std::env::var_os(name)
            .ok_or_else(|| problem("is not set".into()).hint(format!("export {name}")))?
            .into_vec(),
        SecretRef::File(path) => {
            // The file that is judged is the file that is read.
            let file = File::open(Path::new(path)).map_err(|e| problem(e.to_string()))?;
            let about = file.metadata().map_err(|e| problem(e.to_string()))?;
            if about.mode() & 0o077 != 0 {
                let remedy = format!("chmod 0600 {path}");
                return Err(problem("can be read by others".into()).hint(remedy));
            }

            let mut bytes = Vec::new();
            file.take(LONGEST).read_to_end(&mut bytes).map_err(|e| problem(e.to_string()))?;
            bytes
        }
    };

    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if line.is_empty() { Err(problem("is empty".into())) } else { Ok(guarded(line)) }
}

/// A secret that is shown nowhere from here on.
fn guarded(secret: &[u8]) -> Vec<u8> {
    never_show(secret);
    // What the system refuses is no reason not to work: memory is this user's alone anyway.
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    // The limit is one of files: a program that collects cores is given them all the same.
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    secret.to_vec()
}

#[cfg(test)]
mod tests {
    use rustix::process::{DumpableBehavior, dumpable_behavior};

    #[test]
    fn a_program_that_collects_cores_is_given_none_with_a_password() {
        super::guarded(b"Dumpling4711");
        assert_eq!(dumpable_behavior(), Ok(DumpableBehavior::NotDumpable));
    }
}
