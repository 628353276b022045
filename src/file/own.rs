//! Files that calha keeps for itself: regular ones of this user, which nobody else can write, in
//! directories of which the same holds. What is found otherwise is not believed.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use rustix::fs::OFlags;

use super::flags::flags;
use super::given::up_to;
use super::place::place;

/// What is wrong with a file or directory of calha's own, and which.
#[derive(Debug)]
pub struct FileError {
    pub path: PathBuf,
    pub why: io::Error,
}

/// The directory that calha's own ones begin with.
const FIRST: &str = "calha";
/// How many there are below one another: calha/CLUSTER/PROFILE, and what is in it.
const DEPTH: usize = 4;

/// Makes a directory of calha's own, 0700, with those above it that are missing.
///
/// # Errors
/// As of [`own`]; what the system says.
pub fn make_own(directory: &Path) -> Result<(), FileError> {
    own(directory)?;
    let made = DirBuilder::new().recursive(true).mode(0o700).create(directory);
    made.map_err(|why| FileError { path: directory.to_owned(), why })?;
    // Somebody else may have been quicker with one of those above.
    own(directory)
}

/// Checks a directory of calha's own and those above it, from `calha` down, and that nobody else
/// can put another thing in the place of `calha`. What is missing is made by [`make_own`].
///
/// # Errors
/// One that is a link, somebody else's, or writable by others.
pub fn own(directory: &Path) -> Result<(), FileError> {
    let all: Vec<&Path> = directory.ancestors().take(DEPTH).collect();
    let first = all.iter().rposition(|path| path.file_name().is_some_and(|name| name == FIRST));
    let first = first.unwrap_or(0);
    if let Some(calha) = all.get(first) {
        place(calha).map_err(|why| FileError { path: (*calha).to_owned(), why })?;
    }

    for path in all.iter().take(first + 1).rev() {
        let refused = |why| FileError { path: (*path).to_owned(), why };
        let about = match fs::symlink_metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            other => other.map_err(refused)?,
        };
        if !about.is_dir() {
            return Err(refused(io::Error::other("it is a file or a link, not a directory")));
        }
        whose(about.uid()).and_then(|()| closed(about.mode())).map_err(refused)?;
    }
    Ok(())
}

/// Opens a file of calha's own.
///
/// # Errors
/// As of any file of this user; one that others can write.
pub fn open_own(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    let file = open_regular(path, options)?;
    closed(file.metadata()?.mode())?;
    Ok(file)
}

/// Opens a file of this user's; a link is not followed, and a pipe is not waited for.
///
/// # Errors
/// What the system says; what is no regular file, or somebody else's.
pub(super) fn open_regular(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    let flags = flags(OFlags::NOFOLLOW | OFlags::NONBLOCK)?;
    let file = options.custom_flags(flags).open(path).map_err(|error| {
        let is_link = fs::symlink_metadata(path).is_ok_and(|about| about.is_symlink());
        if is_link { io::Error::other("it is a symbolic link, and is not followed") } else { error }
    })?;

    let about = file.metadata()?;
    if !about.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    whose(about.uid())?;
    Ok(file)
}

/// The bytes of a file of calha's own; none when it is not there.
///
/// # Errors
/// As [`open_own`]; a file of more than `most` bytes.
pub fn own_bytes(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let file = match open_own(path, File::options().read(true)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other?,
    };
    up_to(file, most)
}

fn whose(uid: u32) -> io::Result<()> {
    if uid == rustix::process::geteuid().as_raw() {
        return Ok(());
    }
    let what = format!("it belongs to the user of ID {uid}");
    Err(io::Error::new(io::ErrorKind::PermissionDenied, what))
}

/// Only what nobody else can write is believed.
fn closed(mode: u32) -> io::Result<()> {
    if mode & 0o022 == 0 {
        return Ok(());
    }
    Err(io::Error::other("others can write it: chmod go-w, if it is as you left it"))
}
