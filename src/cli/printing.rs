//! How a command prints: data to standard output, talk and problems to standard error.

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;

use crate::exit;
use crate::problem::Problem;
use crate::text::wrapped;
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

/// Talk, to standard error; there is nobody to tell when that fails.
pub fn complain(text: &str) {
    let fitted: Vec<String> = text.split('\n').map(fitted).collect();
    talk(&format!("{}\n", fitted.join("\n")));
}

/// A line of an explanation as wide as the terminal, if standard error is one; a command that it
/// ends in has a line of its own, to be copied.
fn fitted(line: &str) -> String {
    let prose = ["  hint: ", "      ("].into_iter().find(|begin| line.starts_with(begin));
    let begin = prose.or_else(|| line.starts_with('[').then_some(""));
    let is_wide = line.chars().count() > width() && std::io::stderr().is_terminal();
    let Some(begin) = begin.filter(|_| is_wide) else { return line.to_owned() };

    let ends = [(": calha ", 2), ("on this node: ", 14)];
    let at = ends.iter().filter_map(|(end, behind)| Some(line.find(end)? + behind)).min();
    let (prose, command) = line.split_at(at.unwrap_or(line.len()));

    let mut out = String::new();
    wrapped(&mut out, begin, &prose[begin.len()..], width());
    if !command.is_empty() {
        out.push_str(&format!("    {command}"));
    }
    out.trim_end().to_owned()
}
