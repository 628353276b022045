//! A file that is edited, as a look reads it: its bytes, and what keeps any edit of it from being
//! made. Not for what is wrong with its contents: each kind of document says that itself.

use super::Seen;
use crate::node::{Entry, HostError, Inspect, NodePath, resolve};
use crate::problem::{Problem, codes};

/// The file's bytes; `None` when it cannot be read, which is said by the problem `unreadable` with
/// the reason behind it.
///
/// # Errors
/// A host that cannot be asked.
pub(super) fn read(
    host: &dyn Inspect,
    path: &NodePath,
    seen: &mut Seen,
    unreadable: Problem,
) -> Result<Option<Vec<u8>>, HostError> {
    // Both are asked at the same time: neither waits for the other's answer.
    let (said, entry) = (host.read(path), host.stat(path)?);
    let bytes = match said {
        Ok(bytes) => bytes,
        Err(HostError::Io { why, .. }) => {
            let what = format!("{}: {why}", unreadable.what);
            seen.problems.push(Problem { what, ..unreadable }.on(host.name().as_str()));
            return Ok(None);
        }
        Err(other) => return Err(other),
    };

    // A link is followed by an edit.
    let (real, entry) = match entry {
        Entry::Link { .. } => {
            let real = resolve(&|at| host.stat(at), path)?;
            let entry = host.stat(&real)?;
            (real, entry)
        }
        entry => (path.clone(), entry),
    };

    if let Entry::File { links, .. } = entry
        && links > 1
    {
        seen.problems.push(hard_links(&real, links).on(host.name().as_str()));
    }
    Ok(Some(bytes))
}

/// An edit puts a new file in place, so that the other names would keep the old one.
fn hard_links(path: &NodePath, links: u64) -> Problem {
    let what =
        format!("the file has {links} names (hard links), and an edit would change only one");
    Problem::new(codes::FILE_HARD_LINK, what)
        .at(path.as_str())
        .hint(format!("make it a file of its own: cp -p {path} {path}.own && mv {path}.own {path}"))
        .section("ln(1)")
}
