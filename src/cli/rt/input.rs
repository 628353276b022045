//! Registration files as the command line names them: read whole within a bound, written back in
//! one step.

use std::fs::File;
use std::io;
use std::path::Path;

use crate::file;
use crate::problem::{Problem, codes};
use crate::resource_type::RegistrationFile;

/// The largest file that is read. Real ones have some 5 KB.
const MOST: u64 = 64 << 20;

/// The file, or why it cannot be read.
pub fn read(path: &Path) -> Result<RegistrationFile, Problem> {
    let bytes = bytes(path).map_err(|error| {
        Problem::new(codes::RTR_UNREADABLE, format!("cannot be read: {error}"))
            .at(path.display().to_string())
            .hint("name a registration file, for example /opt/cluster/lib/rgm/rtreg/SUNW.nfs")
    })?;
    Ok(RegistrationFile::parse(&bytes))
}

pub fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    // A shell's `<(...)` is a pipe, and is read as well.
    let file = File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(io::Error::other("it is a directory"));
    }
    file::up_to(file, MOST)
}

/// Puts new bytes in the place of a file's, in one step, with its permissions.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    file::replace(path, bytes).map_err(|error| {
        Problem::new(codes::RTR_UNWRITABLE, format!("cannot be written: {error}"))
            .at(path.display().to_string())
            .hint("the file is as it was; look at the permissions of its directory")
    })
}

/// Makes a file whole, or not at all; never over one that is there.
pub fn create(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    file::create(path, bytes).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            Problem::new(codes::RT_NEW, "this file is there already, and is not written over")
                .at(path.display().to_string())
                .hint("name another file")
        }
        _ => unwritable(path, &error),
    })
}

fn unwritable(path: &Path, error: &io::Error) -> Problem {
    Problem::new(codes::RTR_UNWRITABLE, format!("cannot be written: {error}"))
        .at(path.display().to_string())
        .hint("nothing was written; name a file in a directory that is there and yours")
}
