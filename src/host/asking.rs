//! Questions as text for a node's shell, one or many at once, and what their outputs mean.

use std::fmt::Write as _;

use super::question::{Answer, Question};
use super::{Entry, HostError, Output, listing};
use crate::op::quote;

/// The question as a script that changes nothing. What is expected to be complained about is said on standard output: each text on standard error costs a
/// process of its own.
pub(super) fn script(question: &Question) -> String {
    match question {
        Question::Stat(path) => {
            let at = quote(path.as_str());
            // What ls(1) says decides: in the lab a program is a link to the machine, and a file to everybody there.
            format!("if test -f \"$R\"{at}; then cksum <\"$R\"{at}; else echo; fi\nls -ldn \"$R\"{at} 2>&1")
        }
        Question::Read(path) => format!(
            "if calha_resolve {}; then :; else echo 'more than 32 symbolic links in a row'; exit 1; fi\n\
             if test -f \"$p\"; then cat \"$p\"\n\
             elif calha_exists \"$p\"; then echo 'not a regular file'; exit 1\n\
             else echo 'No such file or directory'; exit 1; fi",
            quote(path.as_str())
        ),
        Question::Query(command) => command.to_shell(),
        Question::Exists(path) => {
            let at = quote(path.as_str());
            format!("test -f \"$R\"{at} || test -d \"$R\"{at} || test -h \"$R\"{at} || ls -d \"$R\"{at} 2>&1")
        }
        Question::Mounted(path) => format!("calha_mounted {}", quote(path.as_str())),
    }
}

/// What the script's output says.
pub(super) fn judge(question: &Question, output: Output) -> Result<Answer, HostError> {
    match question {
        Question::Exists(path) if !output.success() => {
            if is_missing(&output) {
                Ok(Answer::Exists(false))
            } else {
                Err(refused(path.as_str(), &output))
            }
        }
        Question::Exists(_) => Ok(Answer::Exists(true)),
        Question::Stat(path) => {
            if !output.success() {
                return if is_missing(&output) { Ok(Answer::Stat(Entry::Missing)) } else { Err(refused(path.as_str(), &output)) };
            }
            listing::entry(&output.text()).map(Answer::Stat).ok_or_else(|| refused(path.as_str(), &output))
        }
        Question::Read(path) if !output.success() => Err(refused(path.as_str(), &output)),
        Question::Read(_) => Ok(Answer::Read(output.stdout)),
        Question::Query(_) => Ok(Answer::Query(output)),
        Question::Mounted(_) => Ok(Answer::Mounted(output.success())),
    }
}

/// Only what ls(1) says is missing is missing; a node that cannot look has not seen that nothing is there.
fn is_missing(output: &Output) -> bool {
    let said = said(output);
    said.contains("No such file") || said.contains("Not a directory")
}

fn said(output: &Output) -> String {
    format!("{}{}", output.text(), String::from_utf8_lossy(&output.stderr))
}

/// The node's own words: the last line of what it complained about.
pub(super) fn refused(path: &str, output: &Output) -> HostError {
    let said = said(output);
    let why = said.lines().rfind(|l| !l.trim().is_empty()).map_or_else(|| format!("status {}", output.status), str::to_owned);
    HostError::Io { path: path.to_owned(), why }
}

/// Operations as one script with questions behind them, which are asked when all of that ends well. Comes apart as if the operations were the first
/// question; when they fail there is nothing but what they printed.
pub(super) fn behind(operations: &str, questions: &[Question], token: &str) -> String {
    // What the operations print stays in front of the first mark, also what they complain about.
    format!("( eval {} ) || exit $?\necho\necho {token} 0\necho\necho {token}\n", quote(operations)) + &together(questions, token)
}

/// Many questions as one script. Between their outputs stand lines with `token`, which none of them knows.
pub(super) fn together(questions: &[Question], token: &str) -> String {
    let mut text = String::new();
    for question in questions {
        // Writing into a String cannot fail.
        let _ = writeln!(
            text,
            "( eval {} ) </dev/null 2>\"$calha_c/q\"\ncalha_r=$?\necho\necho {token} $calha_r\nif test -s \"$calha_c/q\"; then cat \"$calha_c/q\"; fi\necho\necho {token}",
            quote(&script(question))
        );
    }
    text
}

/// The outputs of [`together`], in order; `None` when they are not all there.
pub(super) fn apart(all: &[u8], token: &str, count: usize) -> Option<Vec<Output>> {
    let (middle, end) = (format!("\n{token} ").into_bytes(), format!("\n{token}\n").into_bytes());
    let mut rest = all;
    let mut outputs = Vec::new();
    for _ in 0..count {
        let stdout = take(&mut rest, &middle)?;
        let status = String::from_utf8_lossy(take(&mut rest, b"\n")?).trim().parse().ok()?;
        // Nothing was complained of: the end follows at once, its first newline is the status line's own place.
        let stderr = match rest.strip_prefix(&end[..]) {
            Some(next) => {
                rest = next;
                &[][..]
            }
            None => take(&mut rest, &end)?,
        };
        outputs.push(Output { status, stdout: stdout.to_vec(), stderr: stderr.to_vec() });
    }
    Some(outputs)
}

/// What stands before a mark; the rest goes on behind it.
fn take<'b>(bytes: &mut &'b [u8], mark: &[u8]) -> Option<&'b [u8]> {
    let at = bytes.windows(mark.len()).position(|w| w == mark)?;
    let (before, behind) = (&bytes[..at], &bytes[at + mark.len()..]);
    *bytes = behind;
    Some(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outputs_come_apart_as_they_were() {
        let all = b"no newline\nT 0\n\nT\n\nT 3\ncomplaint\n\nT\nline\n\nT 1\n\nT\n";
        let outputs = apart(all, "T", 3).unwrap();
        let said: Vec<(i32, &[u8], &[u8])> = outputs.iter().map(|o| (o.status, &o.stdout[..], &o.stderr[..])).collect();
        assert_eq!(said, [(0, &b"no newline"[..], &b""[..]), (3, b"", b"complaint\n"), (1, b"line\n", b"")]);
        assert_eq!(apart(&all[..all.len() - 2], "T", 3), None);
    }
}
