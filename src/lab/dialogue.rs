//! What vendor programs ask: one question a value, its default in brackets, an empty line takes the
//! default.
//!
//! All is asked before the lab's lock is taken and before anything is changed. What a program asks
//! stands beside the program.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};

/// What somebody answered when a program asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Dialogue {
    /// It asks nothing.
    Silent,
    /// Every answer by its key.
    Answered(BTreeMap<String, String>),
    /// The input ended, or somebody did not want to go on.
    Ended,
}

/// What an answer may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AnswerKind {
    Text,
    /// A port.
    Port,
    /// An absolute path.
    Path,
    /// `yes` or `no`, by its first letter.
    YesNo,
    /// As before, and `no` ends the program.
    GoOn,
    /// `1`, `1.5` or `2`.
    Schema,
}

/// One value that a program asks for.
#[derive(Clone, Debug)]
pub(crate) struct ProgramQuestion {
    pub key: &'static str,
    pub text: String,
    pub default: String,
    pub answer: AnswerKind,
    /// ProgramQuestion only when an earlier answer is one of these.
    pub only: Option<(&'static str, &'static [&'static str])>,
}

impl ProgramQuestion {
    pub fn new(
        key: &'static str,
        text: impl Into<String>,
        default: impl Into<String>,
        answer: AnswerKind,
    ) -> Self {
        Self { key, text: text.into(), default: default.into(), answer, only: None }
    }
}

/// Asks one after the other. An answer that cannot be one is asked for again.
pub(crate) fn ask(
    questions: Vec<ProgramQuestion>,
    from: &mut dyn Read,
    to: &mut dyn Write,
) -> io::Result<Dialogue> {
    if questions.is_empty() {
        return Ok(Dialogue::Silent);
    }

    let mut answers: BTreeMap<String, String> = BTreeMap::new();
    for question in questions {
        let asked = question
            .only
            .is_none_or(|(key, of)| answers.get(key).is_some_and(|a| of.contains(&a.as_str())));
        if !asked {
            continue;
        }
        loop {
            write!(to, "{} [{}]: ", question.text, question.default)?;
            to.flush()?;
            let Some(line) = line(from)? else {
                writeln!(to)?;
                return Ok(Dialogue::Ended);
            };
            let given = if line.is_empty() { question.default.clone() } else { line };
            match accepted(question.answer, &given) {
                Some(no) if question.answer == AnswerKind::GoOn && no == "no" => {
                    return Ok(Dialogue::Ended);
                }
                Some(value) => {
                    answers.insert(question.key.into(), value);
                    break;
                }
                None => writeln!(to, "{given}: not a valid answer")?,
            }
        }
    }

    Ok(Dialogue::Answered(answers))
}

fn accepted(kind: AnswerKind, given: &str) -> Option<String> {
    match kind {
        AnswerKind::Text => Some(given.into()),
        AnswerKind::Port => given.parse::<u16>().ok().filter(|p| *p > 0).map(|p| p.to_string()),
        AnswerKind::Path => given.starts_with('/').then(|| given.into()),
        AnswerKind::Schema => matches!(given, "1" | "1.5" | "2").then(|| given.into()),
        AnswerKind::YesNo | AnswerKind::GoOn => match given.to_ascii_lowercase().as_str() {
            "y" | "yes" => Some("yes".into()),
            "n" | "no" => Some("no".into()),
            _ => None,
        },
    }
}

/// One line without its end; byte by byte, so that the next program finds what follows. `None` at
/// the end of the input.
fn line(from: &mut dyn Read) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    let mut one = [0];
    loop {
        match from.read(&mut one) {
            Ok(0) if bytes.is_empty() => return Ok(None),
            Ok(0) => break,
            Ok(_) if one[0] == b'\n' => break,
            Ok(_) => bytes.push(one[0]),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    Ok(Some(String::from_utf8_lossy(&bytes).trim().to_string()))
}
