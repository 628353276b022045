//! How a command prints: data to standard output, talk and problems to standard error.

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;

use crate::exit;
use crate::problem::Problem;
use crate::text::fitted;
use crate::ui::{Output, talk, width};

/// Tells everything that is wrong with what was given. Exit status 2.
pub fn refuse(problems: &[Problem]) -> ExitCode {
    for problem in problems {
        complain(&problem.to_string());
    }
    complain(&match problems.len() {
        1 => "1 problem".to_owned(),
        n => format!("{n} problems"),
    });
    ExitCode::from(exit::USAGE)
}

/// Data, to standard output. Why it did not arrive is told once, at the end of [`run`].
pub fn print(text: &str) -> ExitCode {
    let _ = Output.write_all(text.as_bytes());
    if Output::lost().is_some() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// Talk, to standard error, as wide as the terminal if it is one; there is nobody to tell when that
/// fails.
pub fn complain(text: &str) {
    let width = if std::io::stderr().is_terminal() { width() } else { usize::MAX };
    talk(&format!("{}\n", fitted(text, width)));
}
