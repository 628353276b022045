//! Files of the administrator's machine under names that somebody else may have put there.
//!
//! What calha opens, makes or deletes here by name goes through this room: a name counts only where
//! nobody but this user and root can put another thing in its place. Nothing here knows what the
//! files are for. Members of a directory's group are trusted with what they may write.

mod flags;
mod fresh;
mod given;
mod own;
mod place;
mod written;

pub use fresh::{closed, fresh, make_directory, scratch};
pub use given::{given, up_to};
pub use own::{FileError, make_own, open_own, own, own_bytes};
pub use place::place;
pub use written::{create, replace, write};
