//! What is already true of an operation on a host. The same questions, in shell, guard every printed operation.

use std::fmt;

use super::{Change, NodePath, Op};
use crate::host::{Entry, Host, HostError};

/// The answer. What is neither done nor absent is [`Reality::Differs`], never "done".
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
    pub fn reality(&self, host: &dyn Host) -> Result<Reality, HostError> {
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
                    if m == *mode && o == *owner && sum == super::Sum::of(content.as_bytes()) =>
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
            Self::Run { done_when, absent_when, .. } => {
                if done_when.holds(host)? {
                    Reality::Present
                } else if absent_when.holds(host)? {
                    Reality::Absent
                } else {
                    Reality::Differs { found: "neither done nor absent".into() }
                }
            }
            Self::Operator { done_when, .. } => {
                if done_when.holds(host)? {
                    Reality::Present
                } else {
                    Reality::Absent
                }
            }
        })
    }
}

fn edited(host: &dyn Host, path: &NodePath, changes: &[Change]) -> Result<Reality, HostError> {
    let bytes = match host.read(path) {
        Ok(bytes) => bytes,
        Err(HostError::Io { why, .. }) => {
            let removing = changes
                .iter()
                .all(|c| matches!(c, Change::RemoveLine { .. } | Change::RemoveBlock { .. }));
            return Ok(if removing { Reality::Present } else { Reality::Differs { found: why } });
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
        let count = |line: &str| lines(bytes).filter(|l| *l == line.as_bytes()).count();
        let differs = |found: String| Reality::Differs { found };
        match self {
            Self::AddLine { line, key } => {
                let others =
                    lines(bytes).filter(|l| *l != line.as_bytes() && mounts_on(l, key)).count();
                match (count(line), others) {
                    (1, 0) => Reality::Present,
                    (0, 0) => Reality::Absent,
                    (n, 0) => differs(format!("the entry for {key} stands {n} times")),
                    _ => differs(format!("another entry for {key}")),
                }
            }
            Self::RemoveLine { line } => {
                if count(line) == 0 {
                    Reality::Present
                } else {
                    Reality::Absent
                }
            }
            Self::SetBlock { begin, end, text } => match (count(begin), count(end)) {
                (0, 0) => Reality::Absent,
                (1, 1) if block(bytes, begin, end) == super::Sum::of(text.as_bytes()) => {
                    Reality::Present
                }
                (1, 1) => differs("the block was changed".into()),
                _ => differs("the block's markers are damaged".into()),
            },
            Self::RemoveBlock { begin, end, sum } => match (count(begin), count(end)) {
                (0, 0) => Reality::Present,
                (1, 1) if block(bytes, begin, end) == *sum => Reality::Absent,
                (1, 1) => differs("the block was changed".into()),
                _ => differs("the block's markers are damaged".into()),
            },
        }
    }
}

/// Lines without their newline; a CR belongs to its line.
fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.strip_suffix(b"\n").unwrap_or(bytes).split(|&b| b == b'\n').take(if bytes.is_empty() {
        0
    } else {
        usize::MAX
    })
}

/// Whether the vfstab line is an active entry whose third field is this mount point, as awk(1) splits fields.
fn mounts_on(line: &[u8], mount_point: &str) -> bool {
    let mut fields = line.split(|b| *b == b' ' || *b == b'\t').filter(|f| !f.is_empty());
    let first = fields.next().unwrap_or_default();
    !first.starts_with(b"#") && fields.nth(1) == Some(mount_point.as_bytes())
}

/// The sum of the lines from one marker to the other, each with a newline.
fn block(bytes: &[u8], begin: &str, end: &str) -> super::Sum {
    let mut text = Vec::new();
    for line in lines(bytes).skip_while(|l| *l != begin.as_bytes()) {
        text.extend_from_slice(line);
        text.push(b'\n');
        if line == end.as_bytes() {
            break;
        }
    }
    super::Sum::of(&text)
}
