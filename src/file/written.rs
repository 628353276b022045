//! Files that a command was asked to write: never through somebody else's link, never into a file
//! that has another name or owner, readable by all but writable by this user only, whatever the
//! umask.

use std::fs::{self, File, Metadata, Permissions};
use std::io::{self, Write as _};
use std::os::unix::fs::{
    FileTypeExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _,
};
use std::path::{Path, PathBuf};

use rustix::fs::OFlags;

use super::flags::flags;
use super::own::open_regular;
use super::place::{place, replaced, trusted};

/// What a file that is written may have of the rights that it had.
const RIGHTS: u32 = 0o755;

/// Writes a file in the place of what it was, or anew. Of `kept`, the profile, it is never another
/// name.
///
/// # Errors
/// What is somebody else's, has several names, or is that file.
pub fn write(path: &Path, text: &[u8], kept: Option<&Path>) -> io::Result<()> {
    let real = place(path)?;
    let about = match fs::metadata(&real) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return new(&real, 0o644)?.write_all(text);
        }
        other => other?,
    };

    if let Some(kept) = kept.and_then(|kept| fs::metadata(kept).ok())
        && is_same(&kept, &about)
    {
        return Err(io::Error::other("this is the profile itself; name another file"));
    }
    if !about.is_file() && !about.is_dir() {
        return stream(&real, &about)?.write_all(text);
    }

    let file = open_regular(&real, File::options().write(true))?;
    let about = file.metadata()?;
    if about.nlink() > 1 {
        return Err(io::Error::other("it has another name, whose file would change too"));
    }
    file.set_permissions(Permissions::from_mode(about.mode() & RIGHTS))?;
    file.set_len(0)?;
    (&file).write_all(text)
}

/// Opens what keeps nothing of what is written there: a terminal, a pipe, /dev/null. A pipe that
/// somebody else has put there has no reader, and its name may be that of a file by now.
fn stream(path: &Path, about: &Metadata) -> io::Result<File> {
    let there = fs::symlink_metadata(path)?;
    // A link that leads to what has no path, as /dev/stdout, is left by `place`, and only then.
    let follow = there.is_symlink();
    if follow || there.file_type().is_fifo() {
        trusted(path, &there)?;
    }

    let follows = flags(if follow { OFlags::empty() } else { OFlags::NOFOLLOW })?;
    let file = File::options().write(true).custom_flags(follows).open(path)?;
    if is_same(&file.metadata()?, about) { Ok(file) } else { Err(replaced(path)) }
}

fn is_same(one: &Metadata, other: &Metadata) -> bool {
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

fn new(path: &Path, mode: u32) -> io::Result<File> {
    File::options().write(true).create_new(true).mode(mode).open(path)
}

/// A name beside a file for what is prepared; nobody else can write there.
fn beside(real: &Path) -> PathBuf {
    let name = real.file_name().unwrap_or_default().to_string_lossy().into_owned();
    real.with_file_name(format!(".{name}.{}.calha", std::process::id()))
}

/// Makes a file whole, or not at all; never over one that is there.
///
/// # Errors
/// `AlreadyExists`; what is somebody else's; what the system says.
pub fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if fs::symlink_metadata(path).is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let real = place(path)?;
    let prepared = beside(&real);

    let mut file = new(&prepared, 0o644)?;
    let made = file.write_all(bytes).and_then(|()| file.sync_all()).and_then(|()| {
        match fs::hard_link(&prepared, &real) {
            // Some file systems know no links; that nothing is there has just been seen.
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists && !real.exists() => {
                fs::rename(&prepared, &real)
            }
            other => other,
        }
    });
    // It is this process's own.
    let _ = fs::remove_file(&prepared);
    made
}

/// Puts new bytes in the place of a file's in one step, with its permissions.
///
/// # Errors
/// As of what is written; the file is as it was then.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // What a link leads to is what is changed.
    let real = place(path)?;
    let about = fs::symlink_metadata(&real)?;
    trusted(&real, &about)?;
    if !about.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    let prepared = beside(&real);

    let mut file = new(&prepared, 0o600)?;
    let written = file
        .write_all(bytes)
        .and_then(|()| file.set_permissions(Permissions::from_mode(about.mode() & RIGHTS)))
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::rename(&prepared, &real));
    if written.is_err() {
        // It is this process's own.
        let _ = fs::remove_file(&prepared);
    }
    written
}
