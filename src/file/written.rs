//! Files that a command was asked to write: never through somebody else's link, never into a file
//! that has another name or owner, readable by all but writable by this user only, whatever the
//! umask.

use std::fs::{self, DirBuilder, File, Permissions};
use std::io::{self, Write as _};
use std::os::unix::fs::{
    DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _,
};
use std::path::Path;

use super::own::open_regular;
use super::place::place;

/// Writes a file in the place of what it was, or anew. Of `kept`, the profile, it is never another
/// name.
///
/// # Errors
/// What is somebody else's, has several names, or is that file.
pub fn write(path: &Path, text: &[u8], kept: Option<&Path>) -> io::Result<()> {
    let real = place(path)?;
    let about = match fs::metadata(&real) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let mut new = File::options();
            return new.write(true).create_new(true).mode(0o644).open(&real)?.write_all(text);
        }
        other => other?,
    };

    if let Some(kept) = kept.and_then(|kept| fs::metadata(kept).ok())
        && (kept.dev(), kept.ino()) == (about.dev(), about.ino())
    {
        return Err(io::Error::other("this is the profile itself; name another file"));
    }
    // A terminal, a pipe, /dev/null: what is written there is there for nobody to keep.
    if !about.is_file() && !about.is_dir() {
        return File::options().write(true).open(&real)?.write_all(text);
    }

    let file = open_regular(&real, File::options().write(true))?;
    if file.metadata()?.nlink() > 1 {
        return Err(io::Error::other("it has another name, whose file would change too"));
    }
    file.set_permissions(Permissions::from_mode(about.mode() & 0o7755))?;
    file.set_len(0)?;
    (&file).write_all(text)
}

/// Puts new bytes in the place of a file's in one step, with its permissions.
///
/// # Errors
/// As of what is written; the file is as it was then.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // What a link leads to is what is changed.
    let real = place(path)?;
    let mode = fs::metadata(&real)?.permissions();
    let name = real.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let beside = real.with_file_name(format!(".{name}.{}.calha", std::process::id()));

    let mut file = File::options().write(true).create_new(true).mode(0o600).open(&beside)?;
    let written = file
        .write_all(bytes)
        .and_then(|()| file.set_permissions(mode))
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::rename(&beside, &real));
    if written.is_err() {
        // It is this process's own.
        let _ = fs::remove_file(&beside);
    }
    written
}

/// Makes a directory and those above it that are missing, of mode 0755 at most.
///
/// # Errors
/// What is somebody else's.
pub fn make_directory(directory: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o755).create(place(directory)?)
}
