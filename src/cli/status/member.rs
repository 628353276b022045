//! A member that has answered a status: what it said, and the connection to ask it more.

use super::seen::Seen;
use crate::host::ShellHost;

/// What a member answered, and the connection to it.
pub struct Member {
    pub seen: Seen,
    pub host: ShellHost,
}
