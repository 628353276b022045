//! A full disk for what programs print into files: the shell opens the file, the program finds no
//! room in it.
//!
//! Limit: what the shell itself writes (`echo text > file`, the empty file that `>` makes) is out
//! of the lab's hands; a real node would refuse the text of that too.

use std::os::fd::AsFd;
use std::path::{Path, PathBuf};

use rustix::fs::{FileType, Stat};

use super::{Cluster, Fault};
use crate::node::NodeName;

/// The files that a command line names to be written, besides standard output.
pub(crate) enum Writes<'a> {
    Files(Vec<&'a str>),
    /// It writes nothing itself; what it starts does.
    Elsewhere,
}

/// Whether standard output, or a file it would write, is on a disk that a fault has filled.
pub(crate) fn refuses(
    cluster: &Cluster,
    host: &NodeName,
    root: &Path,
    writes: &Writes<'_>,
    output: impl FnOnce() -> Option<String>,
) -> bool {
    let mut full = cluster.faults.iter().filter_map(|f| match f {
        Fault::DiskFull { host: h, path } if h == host => Some(path.as_str()),
        _ => None,
    });
    let Writes::Files(named) = writes else { return false };
    let Some(first) = full.next() else { return false };
    let full: Vec<&str> = std::iter::once(first).chain(full).collect();
    let mut paths: Vec<String> = named
        .iter()
        .map(|n| n.strip_prefix(&*root.to_string_lossy()).unwrap_or(n).to_string())
        .collect();
    paths.extend(output());
    paths.iter().any(|p| full.iter().any(|f| covers(f, p)))
}

/// Whether a path is at or below another.
pub(crate) fn covers(full: &str, path: &str) -> bool {
    full == "/" || path == full || path.strip_prefix(full).is_some_and(|rest| rest.starts_with('/'))
}

/// The regular file that standard output goes to. Unknown where the system does not tell.
pub(crate) fn output_file() -> Option<PathBuf> {
    let stat = rustix::fs::fstat(std::io::stdout().as_fd()).ok()?;
    if FileType::from_raw_mode(stat.st_mode) != FileType::RegularFile {
        return None;
    }

    let path = std::fs::read_link("/proc/self/fd/1").ok()?;
    // In a real root a file from outside has a path that may be another file's there.
    let same = |there: Stat| (there.st_dev, there.st_ino) == (stat.st_dev, stat.st_ino);
    rustix::fs::stat(&path).is_ok_and(same).then_some(path)
}
