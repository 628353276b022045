//! Reads the file of a profile. Each way in which that fails (no file, a directory, too large, not
//! UTF-8) is a problem of its own with its remedy. The text is parsed elsewhere.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use crate::problem::{Problem, codes};
use crate::setting::Answers;

/// Longest profile, in bytes. A real one has a few thousand.
const LONGEST: u64 = 256 << 10;

/// Reads the answers of a profile.
///
/// A file that cannot be read, parsed or understood gives answers that hold the reasons; they come
/// out when the answers are resolved.
pub fn read(path: &Path) -> Answers {
    let name = path.display().to_string();
    match text(path) {
        Ok(text) => super::parse(&name, &text),
        Err(problem) => {
            let mut answers = Answers::from_file(&name);
            answers.add_problem(problem.at(name));
            answers.mark_unreadable();
            answers
        }
    }
}

fn text(path: &Path) -> Result<String, Problem> {
    let unreadable = |error: std::io::Error| {
        let remedy = match error.kind() {
            std::io::ErrorKind::NotFound => {
                "check the name, or begin with a copy of profiles/asymmetric.toml"
            }
            std::io::ErrorKind::PermissionDenied => "give yourself the right to read it",
            _ => "check the file and its disk",
        };
        Problem::new(codes::PROFILE_UNREADABLE, format!("the profile cannot be read: {error}"))
            .hint(remedy)
    };

    let file = File::open(path).map_err(unreadable)?;
    let about = file.metadata().map_err(unreadable)?;
    if about.is_dir() {
        return Err(Problem::new(codes::PROFILE_DIRECTORY, "this is a directory, not a profile")
            .hint("name the file in it"));
    }

    let mut bytes = Vec::new();
    file.take(LONGEST + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > LONGEST {
        return Err(Problem::new(
            codes::PROFILE_TOO_LARGE,
            "this is larger than 256 KiB, so it is no profile",
        )
        .hint("check the name"));
    }

    String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = valid.iter().filter(|byte| **byte == b'\n').count() + 1;
        let utf16 = error.as_bytes().starts_with(&[0xff, 0xfe])
            || error.as_bytes().starts_with(&[0xfe, 0xff]);

        let what =
            if utf16 { "this is UTF-16".to_string() } else { format!("line {line} is not UTF-8") };
        Problem::new(codes::PROFILE_ENCODING, what)
            .hint("save the profile as UTF-8; plain ASCII is")
    })
}
