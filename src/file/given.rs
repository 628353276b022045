//! Files that somebody names to be read: regular ones, whoever's, read once and up to a bound.

use std::fs::File;
use std::io::{self, Read as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use super::flags::flags;

/// The bytes of a regular file; a pipe is not waited for.
///
/// # Errors
/// What the system says; what is no regular file; one of more than `most` bytes.
pub fn given(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let flags = flags(rustix::fs::OFlags::NONBLOCK)?;
    let file = File::options().read(true).custom_flags(flags).open(path)?;
    let about = file.metadata()?;
    if about.is_dir() {
        return Err(io::Error::other("it is a directory"));
    }
    if !about.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    up_to(file, most)
}

/// All that can be read from there, if it is no more than `most` bytes.
///
/// # Errors
/// What the system says, and more bytes.
pub fn up_to(from: impl io::Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::other(format!("it is larger than {} MiB", most >> 20)));
    }
    Ok(bytes)
}
