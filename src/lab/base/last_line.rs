//! Commands that do not see a last line without a newline: what they are given ends with its last
//! newline.

use std::io::{self, Read, Write};
use std::process::Stdio;

use super::inside::Inside;
use super::passing::{self, Passed};
use crate::lab::{Oddity, Personality};

/// Whether the command is one of them on such nodes.
pub(crate) fn is_unseen(personality: Personality, command: &str) -> bool {
    match command {
        "fgrep" => personality.has(Oddity::FgrepDropsLastLine),
        "sed" => personality.has(Oddity::SedDropsLastLine),
        _ => false,
    }
}

/// Runs the machine's own command on what the node's would see, to its end.
pub(crate) fn pass_seen(passed: &Passed, args: &[String], inside: &Inside) -> io::Result<u8> {
    let (mut command, files) = match passing::without_files(passed, args, inside) {
        Ok(found) => found,
        Err(status) => return Ok(status),
    };

    // Names are printed in front of the lines of several files, so these stay as they are.
    if files.len() > 1 && passed.name == "fgrep" {
        return passing::pass(passed, args, inside);
    }

    let mut seen = Vec::new();
    for file in &files {
        match std::fs::read(file) {
            Ok(bytes) => seen.extend_from_slice(up_to_newline(&bytes)),
            // The command says itself what is wrong with it.
            Err(_) => return passing::pass(passed, args, inside),
        }
    }

    if files.is_empty() {
        let mut bytes = Vec::new();
        io::stdin().read_to_end(&mut bytes)?;
        seen.extend_from_slice(up_to_newline(&bytes));
    }

    let mut child = command.stdin(Stdio::piped()).spawn()?;
    if let Some(mut input) = child.stdin.take() {
        // It may have seen enough, as `sed 1q` has.
        let _ = input.write_all(&seen);
    }

    let status = child.wait()?;
    Ok(status.code().map_or(1, |code| code as u8))
}

fn up_to_newline(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
    &bytes[..end]
}

#[cfg(test)]
mod tests {
    use super::up_to_newline;

    #[test]
    fn what_follows_the_last_newline_is_not_seen() {
        for (given, seen) in [("a\nb", "a\n"), ("a\nb\n", "a\nb\n"), ("a", ""), ("", "")] {
            assert_eq!(up_to_newline(given.as_bytes()), seen.as_bytes());
        }
    }
}
