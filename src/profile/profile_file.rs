//! Reads the file of a profile. Each way in which that fails (no file, a directory, too large, not
//! UTF-8) is a problem of its own with its remedy. The text is parsed elsewhere.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::problem::{Problem, codes};
use crate::setting::Answers;

/// Longest profile, in bytes. A real one has a few thousand.
const LONGEST: u64 = 256 << 10;

/// A profile's text as it was when it was read. It is read once: a pipe gives its bytes one time,
/// and an editor may save another text while calha works with this one.
#[derive(Clone, Debug)]
pub struct ProfileFile {
    path: PathBuf,
    /// The text, or why there is none.
    text: Result<String, Problem>,
}

impl ProfileFile {
    /// Reads it; at most 256 KiB.
    pub fn read(path: &Path) -> Self {
        Self { path: path.to_owned(), text: text(path) }
    }

    /// The answers of the profile.
    ///
    /// A file that cannot be read, parsed or understood gives answers that hold the reasons; they
    /// come out when the answers are resolved.
    pub fn answers(&self) -> Answers {
        let name = self.path.display().to_string();
        match &self.text {
            Ok(text) => super::parse(&name, text),
            Err(problem) => {
                let mut answers = Answers::from_file(&name);
                answers.add_problem(problem.clone().at(name));
                answers.mark_unreadable();
                answers
            }
        }
    }

    /// The text, as it was when it was read; what kept it from being read has been said with the
    /// answers.
    pub fn text(&self) -> &str {
        self.text.as_deref().unwrap_or_default()
    }

    /// The problem with the line that it names.
    pub fn show(&self, problem: &Problem) -> Problem {
        // What cannot be read has been said.
        super::shown(problem, &self.path, self.text().trim_start_matches('\u{feff}'))
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
            "this is larger than 256 KiB, so it is not a profile",
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
