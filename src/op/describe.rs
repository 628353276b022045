//! Operations, checks and changes in words: the commands that an administrator would type, and the
//! sentence that is true once an operation is done. It is for people. The script that a node runs
//! comes from `op::shell`, and nobody reads these texts back.

use super::{Change, Check, Op, Run, Stdin, quote};
use crate::node::{Command, NodePath};

impl Command {
    /// The command as an administrator would type it.
    pub fn line(&self) -> String {
        let mut words = vec![quote(self.program.as_str())];
        words.extend(self.args.iter().map(|a| quote(a)));
        words.join(" ")
    }
}

impl Op {
    /// The commands it comes down to, as an administrator would type them; the script form adds
    /// guards, intent and proof.
    pub fn commands(&self) -> Vec<String> {
        match self {
            Self::Mkdir { path, mode, owner, .. } => {
                vec![format!("mkdir -m {mode} {path}"), format!("chown {owner} {path}")]
            }
            Self::Rmdir { path } => vec![format!("rmdir {path}")],
            Self::Symlink { path, target } => vec![format!("ln -s {} {path}", quote(target))],
            Self::Unlink { path, .. } | Self::Remove { path, .. } => vec![format!("rm -f {path}")],

            Self::Install { path, mode, content, .. } => {
                vec![format!("cat > {path}    # mode {mode}, {} bytes", content.len())]
            }
            Self::Copy { from, to, .. } => vec![format!("cp -p {from} {to}")],

            Self::Edit { path, changes, .. } => {
                changes.iter().map(|c| c.describe(path.as_str())).collect()
            }

            Self::Run(Run { command, stdin: Stdin::Closed, .. }) => vec![command.line()],
            Self::Run(Run { command, stdin: Stdin::Terminal { instructions }, .. }) => {
                let mut lines = vec![format!("{}    # on a terminal of its own", command.line())];
                lines.extend(instructions.lines().map(|l| format!("(to answer) {l}")));
                lines
            }

            Self::Operator { instructions, .. } => {
                instructions.lines().map(|l| format!("(by hand) {l}")).collect()
            }
        }
    }
}

impl Op {
    /// What is looked at to know that it is done, in a sentence.
    pub fn proof(&self) -> String {
        match self {
            Self::Mkdir { path, mount_point: true, .. } => format!("{path} is a directory"),
            Self::Mkdir { path, mode, .. } => format!("{path} is a directory, mode {mode}"),
            Self::Rmdir { path } | Self::Unlink { path, .. } | Self::Remove { path, .. } => {
                format!("{path} is not there")
            }
            Self::Symlink { path, target } => format!("{path} points to {target}"),
            Self::Install { path, mode, content, .. } => {
                format!("{path} has its {} bytes, mode {mode}", content.len())
            }
            Self::Copy { from, to, .. } => format!("{to} is equal to {from}"),
            Self::Edit { path, changes, .. } => {
                let all: Vec<String> =
                    changes.iter().map(|change| change.proof(path.as_str())).collect();
                all.join("; ")
            }
            Self::Run(Run { done_when, .. }) | Self::Operator { done_when, .. } => {
                done_when.to_string()
            }
        }
    }
}

impl Check {
    /// The sentence that is true when it does not hold.
    fn denied(&self) -> String {
        match self {
            Self::Exists(path) => format!("{path} is not there"),
            Self::Mounted(path) => format!("{path} is not mounted"),
            Self::Succeeds(command) => format!("{} fails", command.line()),
            Self::Any(checks) => match texts_of_one(checks) {
                Some((command, texts)) => {
                    format!("{} prints neither {}", command.line(), texts.join(" nor "))
                }
                None => {
                    let none: Vec<Self> = checks.iter().cloned().map(Self::negated).collect();
                    several(&none, "; ")
                }
            },
            other => format!("not: {other}"),
        }
    }
}

/// What is true when one of them holds.
fn any(checks: &[Check]) -> String {
    // A command that another one makes needless on some nodes.
    if let [needless, ended] = checks
        && matches!(ended, Check::Begins { path, .. } if path.as_str().ends_with(".rc"))
    {
        return format!("{ended}, or is not needed: {needless}");
    }
    match lines_of_one(checks) {
        Some((path, lines)) => {
            format!("{path} has a line that begins with {}", lines.join(" or "))
        }
        None => several(checks, ", or "),
    }
}

impl std::fmt::Display for Check {
    /// The question as the sentence that is true when it holds.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Succeeds(command) => write!(f, "{} succeeds", command.line()),
            Self::Status { command, status } => {
                write!(f, "{} ends with {status}", command.line())
            }
            Self::Prints { command, text } => {
                let text = if text.is_empty() { "nothing" } else { text };
                write!(f, "{} prints {}", command.line(), text.replace('\n', " "))
            }
            Self::Says { command, text } => write!(f, "{} says {text}", command.line()),
            Self::Line { command, line } => write!(f, "{} prints the line {line}", command.line()),
            Self::Versions { command, name, least: 1 } => {
                write!(f, "{} prints {name}, in some version", command.line())
            }
            Self::Versions { command, name, least } => {
                write!(f, "{} prints {name} in {least} versions or more", command.line())
            }

            Self::Starts { command, text } => {
                write!(f, "what {} prints begins with {text}", command.line())
            }
            Self::Words { command, words } => {
                write!(f, "{} prints a line with {}", command.line(), words.join(" and "))
            }
            Self::Other { command, than } if than.is_empty() => {
                write!(f, "{} prints something", command.line())
            }
            Self::Other { command, than } => {
                write!(f, "{} prints something else than {}", command.line(), than.join(" and "))
            }

            Self::About { list, asked, words, among } => {
                let which = if *among { "one" } else { "none" };
                let (list, asked, words) = (list.line(), asked.line(), words.join(", "));
                write!(f, "of one that {list} prints, {asked} prints {which} of {words}")
            }

            Self::Exists(path) => write!(f, "{path} is there"),
            Self::Leads { path, to } => write!(f, "{path} leads to {to}"),

            // Where the record keeps the status of a command.
            Self::Begins { path, text } if path.as_str().ends_with(".rc") => {
                write!(f, "it ended with status {text} ({path})")
            }
            Self::Begins { path, text } => write!(f, "{path} has a line that begins with {text}"),
            Self::Ends { path, text } => write!(f, "{path} has a line that ends with {text}"),
            Self::Holds { path, text } => write!(f, "{path} contains {text}"),
            Self::Sets { path, name, value } => write!(f, "{path} sets {name} to {value}"),
            Self::Names { path, .. } => write!(f, "{path} names a path that lies elsewhere"),
            Self::Flawed { path, entry, flaw } => {
                let point = entry.split('\t').nth(2).unwrap_or(entry);
                write!(f, "{path} has for {point} the flaw {}", flaw.word())
            }
            Self::LeadsInto { path, region } => {
                write!(f, "{path} leads below {}", region.within.join(" or "))
            }
            Self::Owned { path, directory, uid } => {
                let what = if *directory { "a directory" } else { "a file" };
                write!(f, "{path} is {what} of user {uid}")
            }
            Self::Mounted(path) => write!(f, "{path} is mounted"),

            Self::Not(check) => f.write_str(&check.denied()),
            Self::All(checks) => f.write_str(&several(checks, "; ")),
            Self::Any(checks) => f.write_str(&any(checks)),
            Self::Always => f.write_str("nothing has to be looked at"),
            Self::Never => f.write_str("nothing shows it"),
        }
    }
}

/// The sentences of several checks.
fn several(checks: &[Check], between: &str) -> String {
    checks.iter().map(ToString::to_string).collect::<Vec<_>>().join(between)
}

/// The command and what it may print, where all checks are about several texts of one command.
fn texts_of_one(checks: &[Check]) -> Option<(&Command, Vec<&str>)> {
    let each: Option<Vec<(&Command, &str)>> = checks
        .iter()
        .map(|check| match check {
            Check::Prints { command, text } => Some((command, text.as_str())),
            _ => None,
        })
        .collect();
    let each = each.filter(|each| each.len() > 1)?;
    let (first, _) = *each.first()?;
    each.iter()
        .all(|(command, _)| *command == first)
        .then(|| (first, each.iter().map(|(_, text)| *text).collect()))
}

/// The file and the beginnings of lines, where all checks are about lines of one file.
fn lines_of_one(checks: &[Check]) -> Option<(&NodePath, Vec<&str>)> {
    let each: Option<Vec<(&NodePath, &str)>> = checks
        .iter()
        .map(|check| {
            if let Check::Begins { path, text } = check {
                Some((path, text.as_str()))
            } else {
                None
            }
        })
        .collect();
    let each = each?;
    let (first, _) = *each.first()?;
    each.iter()
        .all(|(path, _)| *path == first)
        .then(|| (first, each.iter().map(|(_, text)| *text).collect()))
}

impl Change {
    /// What is true of the file when it is done.
    pub fn proof(&self, path: &str) -> String {
        match self {
            Self::AddLine { line, .. } => {
                format!("{path} has the entry \"{}\"", line.replace('\t', " "))
            }
            Self::RemoveLine { .. } => format!("{path} does not have the entry"),
            Self::SetBlock { begin, .. } => format!("{path} has the block \"{begin}\""),
            Self::RemoveBlock { begin, .. } => {
                format!("{path} does not have the block \"{begin}\"")
            }
        }
    }

    /// One line about the change.
    pub fn describe(&self, path: &str) -> String {
        match self {
            Self::AddLine { line, .. } => {
                format!("edit {path}: add the entry \"{}\"", line.replace('\t', " "))
            }
            Self::RemoveLine { line } => {
                format!("edit {path}: remove the entry \"{}\"", line.replace('\t', " "))
            }
            Self::SetBlock { begin, text, .. } => {
                format!("edit {path}: add {} lines from \"{begin}\"", text.lines().count())
            }
            Self::RemoveBlock { begin, .. } => format!("edit {path}: remove the block \"{begin}\""),
        }
    }
}
