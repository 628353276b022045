//! Questions as text for a node's shell, one or many at once, and what their outputs mean.

use super::listing;
use crate::node::{Answer, Entry, HostError, Output, Question};
use crate::op::quote;

/// The question as one command of the shell that changes nothing and does not end the shell. What
/// is expected to be complained about is said on standard output: each text on standard error costs
/// a process of its own.
pub(super) fn script(question: &Question) -> String {
    match question {
        Question::Stat(path) => {
            let at = quote(path.as_str());
            // What ls(1) says decides: in the lab a program is a link to the machine, and a file to
            // everybody there.
            let listed = format!(
                "if test -f \"$R\"{at}; then cksum <\"$R\"{at}; else echo; fi; \
                 calha_listed \"$R\"{at}"
            );
            format!("if calha_missing {at}; then false; else {listed}; fi")
        }

        Question::Read(path) => format!("calha_show_file {}", quote(path.as_str())),
        Question::Query(command) => command.to_shell().into(),

        Question::Exists(path) => {
            let at = quote(path.as_str());
            format!(
                "if calha_missing {at}; then false; \
                 else calha_exists \"$R\"{at} || ls -d \"$R\"{at} 2>&1; fi"
            )
        }

        Question::Mounted(path) => format!("calha_mounted {}", quote(path.as_str())),
        Question::Link(path) => {
            let at = quote(path.as_str());
            format!("if test -h \"$R\"{at}; then echo; ls -ldn \"$R\"{at}; fi")
        }
    }
}

/// Longest answers of a look, in bytes, to one question and to all of one request: they are kept,
/// several at a time. Real ones have some kilobytes.
const ONE: usize = 2 << 20;
const ALL: usize = 4 << 20;

/// Of a look's output no more is wanted: more than all of it, so that a flood can be told.
pub(super) const MOST: usize = ALL + 1;

/// Of what is said about a path or a node, and of complaints, so many bytes count.
pub(super) const SAID: usize = 64 << 10;

/// What is wrong with the answers to so many questions, if there is more of them than anybody
/// keeps.
pub(super) fn flood(output: &Output, questions: usize) -> Option<String> {
    let is_flood = output.stdout.len() > ALL;
    let most = ALL >> 20;
    is_flood.then(|| format!("it answered {questions} questions with more than {most} MiB"))
}

/// What the output says to one of the questions of a look.
pub(super) fn judge_look(question: &Question, output: Output) -> Result<Answer, HostError> {
    if output.stdout.len() > ONE { Err(too_long(question)) } else { judge(question, output) }
}

fn too_long(question: &Question) -> HostError {
    let path = match question {
        Question::Query(command) => command.to_shell().to_string(),
        Question::Stat(path)
        | Question::Read(path)
        | Question::Exists(path)
        | Question::Mounted(path)
        | Question::Link(path) => path.to_string(),
    };
    HostError::Io { path, why: format!("calha looks at no answer of more than {} MiB", ONE >> 20) }
}

/// What the script's output says.
pub(super) fn judge(question: &Question, output: Output) -> Result<Answer, HostError> {
    let is_whole = matches!(question, Question::Read(_) | Question::Query(_));
    if !is_whole && output.stdout.len() > ONE {
        return Err(too_long(question));
    }
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
                return if is_missing(&output) {
                    Ok(Answer::Stat(Entry::Missing))
                } else {
                    Err(refused(path.as_str(), &output))
                };
            }

            listing::entry(&output.text())
                .map(Answer::Stat)
                .ok_or_else(|| refused(path.as_str(), &output))
        }

        Question::Read(path) if !output.success() => Err(refused(path.as_str(), &output)),
        Question::Read(_) => Ok(Answer::Read(output.stdout)),

        Question::Query(_) => Ok(Answer::Query(output)),
        Question::Mounted(_) => Ok(Answer::Mounted(output.success())),

        Question::Link(path) if !output.success() => Err(refused(path.as_str(), &output)),
        // In the lab a program is a link to the machine, and a file to everybody there: what ls(1)
        // says decides.
        Question::Link(_) => Ok(Answer::Link(match listing::entry(&output.text()) {
            Some(Entry::Link { target }) => Some(target),
            _ => None,
        })),
    }
}

/// What is not in a directory that can be read, or what ls(1) says is missing, is missing; a node
/// that cannot look has not seen that nothing is there.
fn is_missing(output: &Output) -> bool {
    let said = said(output);
    said.contains("No such file") || said.contains("Not a directory")
}

fn said(output: &Output) -> String {
    format!("{}{}", last(&output.stdout), last(&output.stderr))
}

/// The end of what was printed, as text.
pub(super) fn last(bytes: &[u8]) -> String {
    String::from_utf8_lossy(&bytes[bytes.len().saturating_sub(SAID)..]).into_owned()
}

/// The beginning of what was printed, as text.
pub(super) fn first(bytes: &[u8]) -> String {
    String::from_utf8_lossy(&bytes[..bytes.len().min(SAID)]).into_owned()
}

/// The node's own words: the last line of what it complained about.
pub(super) fn refused(path: &str, output: &Output) -> HostError {
    let said = said(output);
    let why = said
        .lines()
        .rfind(|l| !l.trim().is_empty())
        .map_or_else(|| format!("status {}", output.status), str::to_owned);
    HostError::Io { path: path.to_owned(), why }
}

/// Operations as one script with questions behind them, which are asked when its last command ends
/// well. Comes apart as if the operations were the first question; when they fail there is nothing
/// but what they printed, and the status.
pub(super) fn behind(operations: &str, questions: &[Question], token: &str) -> String {
    let operations = operations.trim_end();
    format!(
        "{operations}\ncalha_r=$?\nif test $calha_r -eq 0; then\ncalha_part {token} 0\n{}fi\n",
        together(questions, token)
    ) + "calha_status $calha_r\n"
}

/// Many questions as one script. Behind their outputs stand lines with `token`, which none of them
/// knows. What their commands complain of is dropped, since bringing it back costs a process, and
/// nobody concludes anything from it.
pub(super) fn together(questions: &[Question], token: &str) -> String {
    let part = |question| format!("{} 2>/dev/null\ncalha_part {token} $?\n", script(question));
    let parts: String = questions.iter().map(part).collect();
    match listed(questions) {
        Some(paths) => format!("calha_list_of{paths}\n{parts}calha_list=\n"),
        None => parts,
    }
}

/// The paths that ls(1) is asked of once, for all of several questions.
fn listed(questions: &[Question]) -> Option<String> {
    let path = |question: &Question| match question {
        Question::Stat(path) => Some(format!(" \"$R\"{}", quote(path.as_str()))),
        _ => None,
    };
    let paths: Vec<String> = questions.iter().filter_map(path).collect();
    (paths.len() > 1).then(|| paths.concat())
}

/// The outputs of [`together`], in order; `None` when they are not all there.
pub(super) fn apart(all: &Output, token: &str, count: usize) -> Option<Vec<Output>> {
    let mark = format!("\n{token} ").into_bytes();
    let mut rest = &all.stdout[..];
    let mut outputs = Vec::new();
    for _ in 0..count {
        let stdout = take(&mut rest, &mark)?.to_vec();
        let status = String::from_utf8_lossy(take(&mut rest, b"\n")?).trim().parse().ok()?;
        outputs.push(Output { status, stdout, stderr: Vec::new() });
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

    /// One shell reads both, and of two functions of one name the later would count.
    #[test]
    fn prelude_and_session_define_no_function_twice() {
        let text = format!("{}\n{}", crate::op::shell::PRELUDE, include_str!("session.sh"));
        let names = text.lines().filter_map(|line| line.split_once("() {")).map(|(name, _)| name);
        let mut all: Vec<&str> = names.collect();
        let many = all.len();
        all.sort_unstable();
        all.dedup();
        assert!(many > 100 && all.len() == many, "{many} functions, {} names", all.len());
    }

    #[test]
    fn outputs_come_apart_as_they_were() {
        let said =
            |stdout: &str| Output { status: 0, stdout: stdout.into(), stderr: b"complaint".into() };
        let outputs = apart(&said("no newline\nT 0\n\nT 3\nline\n\nT 1\n"), "T", 3).unwrap();
        let parts: Vec<(i32, &[u8])> = outputs.iter().map(|o| (o.status, &o.stdout[..])).collect();
        assert_eq!(parts, [(0, &b"no newline"[..]), (3, b""), (1, b"line\n")]);
        assert_eq!(apart(&said("no newline\nT 0\n\nT"), "T", 2), None);
    }
}
