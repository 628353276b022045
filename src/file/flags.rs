//! Flags with which a file is opened, as the standard library takes them.

use std::io;

use rustix::fs::OFlags;

/// The number of these flags.
///
/// # Errors
/// None on any system that calha runs on.
pub(super) fn flags(flags: OFlags) -> io::Result<i32> {
    i32::try_from(flags.bits()).map_err(io::Error::other)
}
