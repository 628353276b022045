//! What operations do to files, in Rust: the dry run's prediction and the memory lab's execution.
//! Nodes get the shell form.

use super::{Change, Likeness, Op, Reality};
use crate::node::{Entry, Files, HostError, Mode, NodePath, Owner};

/// Stands before a block where the line above it had no newline at its end: so the block can be
/// taken out to the byte also on a node that has no pre-image.
pub const OPEN: &str = "! calha: the line above had no newline at its end";

/// The bytes of a file after `changes`, as the shell form leaves them.
///
/// An unfinished last line is finished first: the commands of Solaris do not see it. Removal drops
/// whole lines.
pub fn edit(bytes: &[u8], changes: &[Change]) -> Vec<u8> {
    let mut now = bytes.to_vec();
    for change in changes {
        // Of several entries some may stand already.
        if matches!(change, Change::AddLine { .. }) && change.reality(&now) == Reality::Present {
            continue;
        }
        let open = finish(&mut now);
        match change {
            Change::AddLine { line, .. } => {
                now.extend_from_slice(format!("{line}\n").as_bytes());
            }
            Change::SetBlock { text, .. } => {
                if open {
                    now.extend_from_slice(format!("{OPEN}\n").as_bytes());
                }
                now.extend_from_slice(text.as_bytes());
            }
            Change::RemoveLine { line } => {
                now = without(&now, |l| Likeness::of(l, line) == Likeness::Same);
            }
            Change::RemoveBlock { begin, end, .. } => now = without_block(&now, begin, end),
        }
    }
    now
}

/// Ends the last line. Whether it had no end.
fn finish(bytes: &mut Vec<u8>) -> bool {
    let open = bytes.last().is_some_and(|&b| b != b'\n');
    if open {
        bytes.push(b'\n');
    }
    open
}

fn without_block(bytes: &[u8], begin: &str, end: &str) -> Vec<u8> {
    let finished = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    let is_last = finished.rsplit(|b| *b == b'\n').next() == Some(end.as_bytes());
    let (mut inside, mut was_open) = (false, false);
    let mut now = without(bytes, |l| {
        let marks = l == OPEN.as_bytes();
        was_open |= marks;
        inside |= l == begin.as_bytes();
        let drop = inside || marks;
        if l == end.as_bytes() {
            inside = false;
        }
        drop
    });
    if is_last && was_open && now.last() == Some(&b'\n') {
        now.pop();
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
    /// Applies the operation to files. Commands and operators change nothing here; their host knows
    /// what they do.
    ///
    /// `restore`: the bytes to put back when an edit is being undone and the file is exactly what
    /// the edit left.
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
                    _ => (Mode(0o644), Owner::ROOT),
                };
                files.write(path, &after, mode, owner)
            }

            Self::Run(_) | Self::Operator { .. } => Ok(()),
        }
    }
}

fn stat_through(files: &dyn Files, path: &NodePath) -> Result<Entry, HostError> {
    let real = crate::node::resolve(&|p| files.stat(p), path)?;
    files.stat(&real)
}
