//! Directories that are made anew for root to work in: nobody else has made them, or can look into
//! them. One that is there already is never taken for one's own because it is empty.

use std::fs::{self, DirBuilder};
use std::hash::{BuildHasher as _, RandomState};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _};
use std::path::{Path, PathBuf};

use super::place::{is_trusted, place, replaced};

/// Makes a directory of mode 0700, with those above it that are missing. One that is there has to
/// be empty, this user's, and writable by nobody else.
///
/// # Errors
/// `AlreadyExists` where it is not empty; what is somebody else's.
pub fn fresh(directory: &Path) -> io::Result<PathBuf> {
    let directory = place(directory)?;
    if let Some(above) = directory.parent() {
        make_directory(above)?;
    }
    // Where somebody else has made one of those above, another thing could take its place.
    if place(&directory)? != directory {
        return Err(replaced(&directory));
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

/// Makes a directory and those above it that are missing, of mode 0755 at most: one by one, so that
/// none is made in what somebody else has put there meanwhile.
///
/// # Errors
/// What is somebody else's.
pub fn make_directory(directory: &Path) -> io::Result<()> {
    let directory = place(directory)?;
    let is_missing = |path: &&Path| fs::symlink_metadata(path).is_err();
    let missing: Vec<&Path> = directory.ancestors().take_while(is_missing).collect();

    for path in missing.into_iter().rev() {
        if place(path)? != path {
            return Err(replaced(path));
        }
        match DirBuilder::new().mode(0o755).create(path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            other => other?,
        }
    }
    Ok(())
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
    Err(io::Error::other(format!("{name}: others can write there; name one of your own")))
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
