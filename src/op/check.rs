//! Yes-or-no questions about a node, as data. The same check runs as shell on the node
//! (`op::shell`) and through every kind of host here, with one answer. A check changes nothing and
//! explains nothing: `describe` puts it into words.

use serde::{Deserialize, Serialize};

use super::asked::{file, flaws, told_about};
use super::region::last_value;
use super::{Flaw, Region};
use crate::cluster::versions;
use crate::node::{Answer, Command, Entry, HostError, Inspect, NodePath, Output, Question};

/// A question about a node.
///
/// Errors of a query count as "no", lost connections do not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// The command ends with status 0.
    Succeeds(Command),
    /// The command ends with exactly this status.
    Status {
        command: Command,
        status: i32,
    },
    /// The command ends with status 0 and prints exactly this (newlines at the end aside).
    Prints {
        command: Command,
        text: String,
    },
    /// What the command prints has this in it, whatever its status.
    Says {
        command: Command,
        text: String,
    },
    /// The command ends with status 0, and one of the lines that it prints is exactly this.
    Line {
        command: Command,
        line: String,
    },
    /// The command ends with status 0, and at least so many of the lines that it prints are this
    /// name, alone or with a colon and a version behind it.
    Versions {
        command: Command,
        name: String,
        least: usize,
    },
    /// What the command prints begins with this, whatever its status.
    Starts {
        command: Command,
        text: String,
    },
    /// The command ends with status 0, and one of the lines that it prints has all these words,
    /// with blanks around them.
    Words {
        command: Command,
        words: Vec<String>,
    },
    /// The command ends with status 0, and one of the lines that it prints is not empty and none
    /// of these.
    Other {
        command: Command,
        than: Vec<String>,
    },
    /// For one of the lines that `list` prints, the first word that `asked` prints of it is one of
    /// these, or where it is told so none of them. `asked` has {} where the line belongs; what it
    /// does not answer is no word.
    About {
        list: Command,
        asked: Command,
        words: Vec<String>,
        among: bool,
    },
    /// Something stands at the path (a link to nowhere counts).
    Exists(NodePath),
    /// A symbolic link stands at the path, and leads exactly there.
    Leads {
        path: NodePath,
        to: String,
    },
    /// The file has a line that begins with this.
    Begins {
        path: NodePath,
        text: String,
    },
    /// The file has a line that ends with this.
    Ends {
        path: NodePath,
        text: String,
    },
    /// The file contains this.
    Holds {
        path: NodePath,
        text: String,
    },
    /// The parameter of this name, `name = "value"`, has this value in the end, of those that are
    /// set twice the last; a slash at its end does not count.
    Sets {
        path: NodePath,
        name: String,
        value: String,
    },
    /// A parameter of the file, other than these, has a path in this region in its value.
    Names {
        path: NodePath,
        besides: Vec<String>,
        region: Region,
    },
    /// The table of file systems at the path has this flaw for an entry, given as its line.
    Flawed {
        path: NodePath,
        entry: String,
        flaw: Flaw,
    },
    /// A symbolic link stands at the path, and leads into this region; where it is relative, from
    /// the directory that it is in.
    LeadsInto {
        path: NodePath,
        region: Region,
    },
    /// A directory stands at the path (no link to one), or where it is told so a file, and belongs
    /// to the user of this number.
    Owned {
        path: NodePath,
        directory: bool,
        uid: u32,
    },
    /// A file system is mounted exactly there (/etc/mnttab).
    Mounted(NodePath),
    Not(Box<Check>),
    All(Vec<Check>),
    Any(Vec<Check>),
    Always,
    Never,
}

impl Check {
    /// The opposite question.
    pub fn negated(self) -> Self {
        Self::Not(Box::new(self))
    }

    /// Answers with which it holds, as far as it says what they are.
    pub fn expected(&self) -> Vec<(Question, Answer)> {
        let printed =
            |text: &str| Output { stdout: format!("{text}\n").into_bytes(), ..Output::default() };

        match self {
            Self::Succeeds(command) => {
                vec![(Question::Query(command.clone()), Answer::Query(Output::default()))]
            }
            Self::Prints { command, text }
            | Self::Says { command, text }
            | Self::Starts { command, text } => {
                vec![(Question::Query(command.clone()), Answer::Query(printed(text)))]
            }
            Self::Line { command, line } | Self::Versions { command, name: line, least: 1 } => {
                vec![(Question::Query(command.clone()), Answer::Query(printed(line)))]
            }

            Self::Exists(path) => vec![(Question::Exists(path.clone()), Answer::Exists(true))],
            Self::Mounted(path) => vec![(Question::Mounted(path.clone()), Answer::Mounted(true))],
            Self::Leads { path, to } => {
                vec![(Question::Link(path.clone()), Answer::Link(Some(to.clone())))]
            }

            Self::Begins { path, text } => {
                vec![(Question::Read(path.clone()), Answer::Read(format!("{text}\n").into_bytes()))]
            }

            Self::All(checks) => checks.iter().flat_map(Self::expected).collect(),
            Self::Any(checks) => checks.first().map(Self::expected).unwrap_or_default(),

            Self::Status { .. }
            | Self::Words { .. }
            | Self::Other { .. }
            | Self::About { .. }
            | Self::Versions { .. }
            | Self::Ends { .. }
            | Self::Holds { .. }
            | Self::Sets { .. }
            | Self::Names { .. }
            | Self::Flawed { .. }
            | Self::LeadsInto { .. }
            | Self::Owned { .. }
            | Self::Always
            | Self::Never => Vec::new(),

            Self::Not(check) => check.unexpected(),
        }
    }

    /// Answers with which it does not hold, as far as it says what they are.
    fn unexpected(&self) -> Vec<(Question, Answer)> {
        match self {
            Self::Not(check) => check.expected(),
            Self::All(checks) => checks.first().map(Self::unexpected).unwrap_or_default(),
            Self::Any(checks) => checks.iter().flat_map(Self::unexpected).collect(),
            _ => Vec::new(),
        }
    }

    /// The command whose output it reads; none where it reads a file, or only a status.
    pub fn reads(&self) -> Option<&Command> {
        match self {
            Self::Not(check) => check.reads(),
            Self::Prints { command, .. }
            | Self::Says { command, .. }
            | Self::Line { command, .. }
            | Self::Versions { command, .. }
            | Self::Starts { command, .. }
            | Self::Words { command, .. }
            | Self::Other { command, .. } => Some(command),
            _ => None,
        }
    }

    /// The answer on this host.
    pub fn holds(&self, host: &dyn Inspect) -> Result<bool, HostError> {
        let prints = |command: &Command, is: &dyn Fn(&str) -> bool| {
            host.query(command).map(|output| output.success() && is(&output.text()))
        };

        Ok(match self {
            Self::Succeeds(command) => host.query(command)?.success(),
            Self::Status { command, status } => host.query(command)?.status == *status,
            Self::Prints { command, text } => {
                prints(command, &|said| said.trim_end_matches('\n') == text)?
            }
            Self::Says { command, text } => host.query(command)?.text().contains(text.as_str()),
            Self::Line { command, line } => {
                prints(command, &|said| said.lines().any(|l| l == line))?
            }
            Self::Versions { command, name, least } => {
                prints(command, &|said| versions(said, name).count() >= *least)?
            }
            Self::Starts { command, text } => host.query(command)?.text().starts_with(text),
            Self::Words { command, words } => {
                prints(command, &|said| said.split('\n').any(|line| has_all(line, words)))?
            }
            Self::Other { command, than } => {
                let is_other = |line: &str| !line.is_empty() && !than.iter().any(|t| t == line);
                prints(command, &|said| said.split('\n').any(is_other))?
            }

            Self::About { list, asked, words, among } => {
                !told_about(host, list, asked, words, *among)?.is_empty()
            }

            Self::Exists(path) => host.exists(path)?,
            Self::Leads { path, to } => host.link(path)?.as_deref() == Some(to),
            Self::Begins { path, text } => {
                in_file(host, path, |b| any_line(b, |line| line.starts_with(text.as_bytes())))?
            }
            Self::Ends { path, text } => {
                in_file(host, path, |b| any_line(b, |line| line.ends_with(text.as_bytes())))?
            }
            Self::Holds { path, text } => {
                in_file(host, path, |b| String::from_utf8_lossy(b).contains(text.as_str()))?
            }
            Self::Sets { path, name, value } => {
                in_file(host, path, |b| last_value(b, name).as_ref() == Some(value))?
            }
            Self::Names { path, besides, region } => {
                in_file(host, path, |b| !region.named_in(b, besides).is_empty())?
            }
            Self::Flawed { path, entry, flaw } => {
                flaws(host, path, entry)?.iter().any(|(_, found)| found == flaw)
            }
            Self::LeadsInto { path, region } => match host.stat(path)? {
                Entry::Link { target } => leads_into(path, &target, region),
                _ => false,
            },
            Self::Owned { path, directory, uid } => is_owned(&host.stat(path)?, *directory, *uid),
            Self::Mounted(path) => host.mounted(path)?,
            Self::Not(check) => !check.holds(host)?,
            Self::All(checks) => first(checks, host, false)?.is_none(),
            Self::Any(checks) => first(checks, host, true)?.is_some(),
            Self::Always => true,
            Self::Never => false,
        })
    }
}

/// Whether it is a directory, or a file, of this user.
fn is_owned(entry: &Entry, directory: bool, uid: u32) -> bool {
    match entry {
        Entry::Directory { owner, .. } => directory && owner.uid == uid,
        Entry::File { owner, .. } => !directory && owner.uid == uid,
        _ => false,
    }
}

/// What is asked of a file's bytes; not so where there is no such file.
fn in_file(
    host: &dyn Inspect,
    path: &NodePath,
    is: impl Fn(&[u8]) -> bool,
) -> Result<bool, HostError> {
    Ok(file(host, path)?.is_some_and(|bytes| is(&bytes)))
}

fn any_line(bytes: &[u8], is: impl Fn(&[u8]) -> bool) -> bool {
    bytes.split(|&b| b == b'\n').any(is)
}

/// A link's target as a parameter would name it, so that both readings take it apart alike.
fn leads_into(path: &NodePath, target: &str, region: &Region) -> bool {
    let base = path.parent().map(|base| base.to_string()).unwrap_or_default();
    let base = if target.starts_with('/') { String::new() } else { format!("{base}/") };
    !region.named_in(format!("x = {base}{target}").as_bytes(), &[]).is_empty()
}

/// The first of these checks with this answer; those behind it are not asked.
fn first<'c>(
    checks: &'c [Check],
    host: &dyn Inspect,
    answer: bool,
) -> Result<Option<&'c Check>, HostError> {
    for check in checks {
        if check.holds(host)? == answer {
            return Ok(Some(check));
        }
    }
    Ok(None)
}

/// Whether all these words stand in a line, with blanks around them.
fn has_all(line: &str, words: &[String]) -> bool {
    words.iter().all(|word| line.split([' ', '\t']).any(|w| w == word))
}
