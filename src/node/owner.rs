//! Owner and group of a file as numbers, which must be equal on all nodes, while each node may
//! resolve names differently (E71). Finding the number for a name is for the step that needs it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Numeric owner and group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Owner {
    pub uid: u32,
    pub gid: u32,
}

impl Owner {
    /// The superuser and its group.
    pub const ROOT: Self = Self { uid: 0, gid: 0 };
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.uid, self.gid)
    }
}
