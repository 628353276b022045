//! The permission bits of a file, printed as chmod(1) takes them: four octal digits. The kind of
//! the file is not among them: that is for `Entry`.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Permission bits of a file, directory or link (the lower twelve).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Mode(pub u32);

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04o}", self.0)
    }
}
