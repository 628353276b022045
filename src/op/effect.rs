//! What operations do to files, in Rust: the dry run's prediction and the memory lab's execution. Nodes get the shell form.

use super::{Change, Mode, NodePath, Op};
use crate::host::{Entry, Files, HostError};

/// The bytes of a file after `changes`, as the shell form leaves them.
///
/// An unfinished last line is finished first: the commands of Solaris do not see it. Removal drops whole lines.
pub fn edit(bytes: &[u8], changes: &[Change]) -> Vec<u8> {
    let mut now = bytes.to_vec();
    for change in changes {
        if now.last().is_some_and(|&b| b != b'\n') {
            now.push(b'\n');
        }
        match change {
            Change::AddLine { line, .. } => now.extend_from_slice(format!("{line}\n").as_bytes()),
            Change::SetBlock { text, .. } => now.extend_from_slice(text.as_bytes()),
            Change::RemoveLine { line } => now = without(&now, |l| l == line.as_bytes()),
            Change::RemoveBlock { begin, end, .. } => {
                let mut inside = false;
                now = without(&now, |l| {
                    inside |= l == begin.as_bytes();
                    let drop = inside;
                    if l == end.as_bytes() {
                        inside = false;
                    }
                    drop
                });
            }
        }
    }
    now
}

fn without(bytes: &[u8], mut drop: impl FnMut(&[u8]) -> bool) -> Vec<u8> {
    bytes
        .split_inclusive(|&b| b == b'\n')
        .filter(|l| !drop(l.strip_suffix(b"\n").unwrap_or(l)))
        .flatten()
        .copied()
        .collect()
}

impl Op {
    /// Applies the operation to files. Commands and operators change nothing here; their host knows what they do.
    ///
    /// `restore`: the bytes to put back when an edit is being undone and the file is exactly what the edit left.
    pub fn apply_to(&self, files: &mut dyn Files, restore: Option<&[u8]>) -> Result<(), HostError> {
        match self {
            Self::Mkdir { path, mode, owner, .. } => files.mkdir(path, *mode, *owner),
            Self::Rmdir { path } => files.rmdir(path),
            Self::Symlink { path, target } => files.symlink(path, target),
            Self::Unlink { path, .. } | Self::Remove { path, .. } => files.remove(path),
            Self::Install { path, mode, owner, content } => {
                files.write(path, content.as_bytes(), *mode, *owner)
            }
            Self::Copy { from, to, mode } => {
                let bytes = files.read(from)?;
                let Entry::File { mode: m, owner, .. } = stat_through(files, from)? else {
                    return Err(HostError::Io { path: from.to_string(), why: "not a file".into() });
                };
                files.write(to, &bytes, mode.unwrap_or(m), owner)
            }
            Self::Edit { path, changes, .. } => {
                let before = files.read(path)?;
                let after = restore.map_or_else(|| edit(&before, changes), <[u8]>::to_vec);
                let (mode, owner) = match stat_through(files, path)? {
                    Entry::File { mode, owner, .. } => (mode, owner),
                    _ => (Mode(0o644), super::Owner::ROOT),
                };
                files.write(path, &after, mode, owner)
            }
            Self::Run { .. } | Self::Operator { .. } => Ok(()),
        }
    }
}

fn stat_through(files: &dyn Files, path: &NodePath) -> Result<Entry, HostError> {
    let real = crate::host::resolve(&|p| files.stat(p), path)?;
    files.stat(&real)
}
