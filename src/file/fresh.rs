//! Directories that are made anew for root to work in: nobody else has made them, or can look into
//! them. One that is there already is never taken for one's own because it is empty.

use std::fs::{self, DirBuilder};
use std::hash::{BuildHasher as _, RandomState};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _};
use std::path::{Path, PathBuf};

use super::place::{is_trusted, place};

/// Makes a directory of mode 0700, with those above it that are missing. One that is there has to
/// be empty, this user's, and writable by nobody else.
///
/// # Errors
/// `AlreadyExists` where it is not empty; what is somebody else's.
pub fn fresh(directory: &Path) -> io::Result<PathBuf> {
    let directory = place(directory)?;
    if let Some(above) = directory.parent() {
        DirBuilder::new().recursive(true).mode(0o755).create(above)?;
    }
    match DirBuilder::new().mode(0o700).create(&directory) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        other => return other.map(|()| directory),
    }

    closed(&directory)?;
    if fs::read_dir(&directory)?.next().is_some() {
        let what = format!("{}: not empty", directory.display());
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, what));
    }
    Ok(directory)
}

/// Checks that nobody else can write in a directory.
///
/// # Errors
/// One that is somebody else's, or writable by others.
pub fn closed(directory: &Path) -> io::Result<()> {
    let about = fs::symlink_metadata(directory)?;
    if is_trusted(about.uid()) && (!about.is_dir() || about.mode() & 0o022 == 0) {
        return Ok(());
    }
    let name = directory.display();
    Err(io::Error::other(format!("{name}: others can write there; name one that is missing")))
}

/// Makes a directory of mode 0700 with a name that nobody can know beforehand.
///
/// # Errors
/// Where none can be made, or somebody else could put another in its place.
pub fn scratch(above: &Path, name: &str) -> io::Result<PathBuf> {
    // The standard library seeds its hashers from the system's randomness.
    let random = RandomState::new().hash_one(std::process::id());
    let directory = place(&above.join(format!("{name}-{random:016x}")))?;
    DirBuilder::new().mode(0o700).create(&directory)?;
    Ok(directory)
}
