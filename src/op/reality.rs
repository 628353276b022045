//! What is already true of an operation on a host. The same questions, in shell, guard every
//! printed operation.

use std::fmt;

use super::{Change, Check, Likeness, Op};
use crate::node::{Entry, HostError, Inspect, NodePath, Sum};

/// The answer. What is only a part of it is [`Reality::Differs`], never "done".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reality {
    Absent,
    Present,
    Differs { found: String },
}

impl fmt::Display for Reality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent => f.write_str("absent"),
            Self::Present => f.write_str("present"),
            Self::Differs { found } => write!(f, "differs: {found}"),
        }
    }
}

impl Op {
    /// Looks whether the operation's effect is there.
    pub fn reality(&self, host: &dyn Inspect) -> Result<Reality, HostError> {
        let differs = |entry: &Entry| Reality::Differs { found: entry.describe() };

        Ok(match self {
            Self::Mkdir { path, mode, owner, mount_point } => match host.stat(path)? {
                Entry::Missing => Reality::Absent,
                Entry::Directory { .. } if *mount_point => Reality::Present,
                Entry::Directory { mode: m, owner: o } if m == *mode && o == *owner => {
                    Reality::Present
                }
                other => differs(&other),
            },
            Self::Rmdir { path } => match host.stat(path)? {
                Entry::Missing => Reality::Present,
                Entry::Directory { .. } => Reality::Absent,
                other => differs(&other),
            },

            Self::Symlink { path, target } => match host.stat(path)? {
                Entry::Missing => Reality::Absent,
                Entry::Link { target: t } if t == *target => Reality::Present,
                other => differs(&other),
            },
            Self::Unlink { path, target } => match host.stat(path)? {
                Entry::Missing => Reality::Present,
                Entry::Link { target: t } if t == *target => Reality::Absent,
                other => differs(&other),
            },

            Self::Install { path, mode, owner, content } => match host.stat(path)? {
                Entry::Missing => Reality::Absent,
                Entry::File { mode: m, owner: o, sum, .. }
                    if m == *mode && o == *owner && sum == Sum::of(content.as_bytes()) =>
                {
                    Reality::Present
                }
                other => differs(&other),
            },
            Self::Copy { from, to, mode } => match (host.stat(from)?, host.stat(to)?) {
                (_, Entry::Missing) => Reality::Absent,
                (Entry::File { sum: a, mode: m, .. }, Entry::File { sum: b, mode: n, .. })
                    if a == b && n == mode.unwrap_or(m) =>
                {
                    Reality::Present
                }
                (_, other) => differs(&other),
            },

            Self::Remove { path, sum } => match host.stat(path)? {
                Entry::Missing => Reality::Present,
                Entry::File { sum: found, .. } if sum.is_none_or(|s| s == found) => Reality::Absent,
                other => differs(&other),
            },

            Self::Edit { path, changes, .. } => edited(host, path, changes)?,
            Self::Run(run) => asked(host, &run.done_when, &run.absent_when)?,
            Self::Operator { done_when, .. } => asked(host, done_when, &Check::Always)?,
        })
    }
}

fn asked(host: &dyn Inspect, done: &Check, absent: &Check) -> Result<Reality, HostError> {
    if done.holds(host)? {
        return Ok(Reality::Present);
    }
    Ok(if absent.holds(host)? {
        Reality::Absent
    } else {
        Reality::Differs { found: "neither the state before this step nor the one after it".into() }
    })
}

fn edited(host: &dyn Inspect, path: &NodePath, changes: &[Change]) -> Result<Reality, HostError> {
    let bytes = match host.read(path) {
        Ok(bytes) => bytes,
        Err(HostError::Io { why, .. }) => {
            // What is not there has no entry; what cannot be read has not been seen to have none.
            let gone = changes.iter().all(Change::removes) && {
                let real = crate::node::resolve(&|at| host.stat(at), path);
                real.and_then(|real| host.exists(&real)).is_ok_and(|there| !there)
            };
            return Ok(if gone { Reality::Present } else { Reality::Differs { found: why } });
        }
        Err(other) => return Err(other),
    };
    let mut all = Reality::Present;
    for change in changes {
        match change.reality(&bytes) {
            Reality::Present => {}
            Reality::Absent => all = Reality::Absent,
            differs => return Ok(differs),
        }
    }
    Ok(all)
}

impl Change {
    /// What is true of this change in a file of these bytes.
    pub fn reality(&self, bytes: &[u8]) -> Reality {
        let differs = |found: &str| Reality::Differs { found: found.into() };

        match self {
            Self::AddLine { line, key } => match alike(bytes, line) {
                (0, 0, _) => Reality::Absent,
                (1, 0, _) => Reality::Present,
                (n, 0, _) => differs(&format!("the entry for {key} stands {n} times")),
                _ => differs(&format!("another entry for {key}")),
            },

            Self::RemoveLine { line } => match alike(bytes, line) {
                (0, 0, 0) => Reality::Present,
                (0, ..) => differs(CHANGED_ENTRY),
                _ => Reality::Absent,
            },

            Self::SetBlock { begin, end, text, .. } => match &markers(bytes, begin, end)[..] {
                [] => Reality::Absent,
                [first, last] if *first == begin.as_bytes() && *last == end.as_bytes() => {
                    if block(bytes, begin, end) == Sum::of(text.as_bytes()) {
                        Reality::Present
                    } else {
                        differs("the block was changed")
                    }
                }
                _ => differs("the markers of the block are damaged"),
            },

            Self::RemoveBlock { begin, end, sum, lines, only_here } => {
                match &markers(bytes, begin, end)[..] {
                    [] if left_of(bytes, lines, only_here) => differs(LEFT_OF_BLOCK),
                    [] => Reality::Present,
                    [first, last] if *first == begin.as_bytes() && *last == end.as_bytes() => {
                        if block(bytes, begin, end) == *sum {
                            Reality::Absent
                        } else {
                            differs("the block was changed")
                        }
                    }
                    _ => differs("the markers of the block are damaged"),
                }
            }
        }
    }
}

/// What became of an entry that is not there any more as it was.
pub(super) const CHANGED_ENTRY: &str = "the entry is not there as calha wrote it, \
                                         and another line has its device, mount point or file";

/// What is there of a block without its first and last line.
pub(super) const LEFT_OF_BLOCK: &str =
    "the block is not there, and lines that calha wrote into it are";

/// How many lines mean the same as the entry, how many something else at the same place, and how
/// many are about it otherwise.
fn alike(bytes: &[u8], entry: &str) -> (usize, usize, usize) {
    let mut counts = (0, 0, 0);
    for line in lines(bytes) {
        match Likeness::of(line, entry) {
            Likeness::Same => counts.0 += 1,
            Likeness::SamePlace => counts.1 += 1,
            Likeness::Related => counts.2 += 1,
            Likeness::Other => {}
        }
    }
    counts
}

/// Every line that is the first or the last of the block, or would be without blanks, a carriage
/// return and the like around it.
fn markers<'b>(bytes: &'b [u8], begin: &str, end: &str) -> Vec<&'b [u8]> {
    let is_marker = |line: &&[u8]| [begin.as_bytes(), end.as_bytes()].contains(&trimmed(line));
    lines(bytes).filter(is_marker).collect()
}

fn left_of(bytes: &[u8], of: &[String], only_here: &[String]) -> bool {
    let same = |line: &[u8], ours: &String| {
        let (alone, ours) = (is_ours_alone(ours, only_here), ours.as_bytes());
        trimmed(line) == trimmed(ours) || (alone && setting(line) == setting(ours))
    };
    lines(bytes).any(|line| of.iter().any(|ours| same(line, ours)))
}

/// Whether nothing but such a block sets what this line sets.
pub(super) fn is_ours_alone(line: &str, only_here: &[String]) -> bool {
    only_here.iter().any(|name| line.starts_with(name))
}

/// What a line sets to what: blanks around the two and quotes around the value do not count.
fn setting(line: &[u8]) -> (&[u8], Option<&[u8]>) {
    let line = trimmed(line);
    let Some(at) = line.iter().position(|&b| b == b'=') else { return (line, None) };
    let mut value = trimmed(&line[at + 1..]);
    while let Some(rest) = value.strip_prefix(b"\"") {
        value = rest;
    }
    while let Some(rest) = value.strip_suffix(b"\"") {
        value = rest;
    }
    (trimmed(&line[..at]), Some(value))
}

/// Without what nobody sees at its ends: anything but printable ASCII.
pub fn trimmed(line: &[u8]) -> &[u8] {
    let first = line.iter().position(u8::is_ascii_graphic).unwrap_or(line.len());
    let last = line.iter().rposition(u8::is_ascii_graphic).map_or(first, |at| at + 1);
    &line[first..last]
}

/// Lines without their newline; a CR belongs to its line.
fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.strip_suffix(b"\n").unwrap_or(bytes).split(|&b| b == b'\n').take(if bytes.is_empty() {
        0
    } else {
        usize::MAX
    })
}

/// The sum of the lines from one marker to the other, each with a newline.
fn block(bytes: &[u8], begin: &str, end: &str) -> Sum {
    let mut text = Vec::new();
    for line in lines(bytes).skip_while(|l| *l != begin.as_bytes()) {
        text.extend_from_slice(line);
        text.push(b'\n');
        if line == end.as_bytes() {
            break;
        }
    }
    Sum::of(&text)
}
