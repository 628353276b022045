//! What is under a mount point while something is mounted there, on a lab on disk. It only says
//! where; `mounted` puts it there and undoes it.

use std::path::{Path, PathBuf};

/// Where what is under a mount point lies while something is mounted there.
pub(crate) fn beneath(lab: &Path, host: &str, point: &str) -> PathBuf {
    lab.join("hidden").join(host).join(escaped(point))
}

/// `/a/b` as one file name; reversible.
pub(crate) fn escaped(point: &str) -> String {
    point.replace('%', "%25").replace('/', "%2F")
}

/// The mount point that was so escaped.
pub(crate) fn plain(name: &str) -> String {
    name.replace("%2F", "/").replace("%25", "%")
}
