//! Marks for the frames and files of a session that no program on the node can guess. Each is new;
//! who uses one as a mark decides what stands behind it.

use std::hash::{BuildHasher as _, RandomState};

/// 32 hexadecimal digits: the standard library seeds its hashers from the system's randomness.
pub(super) fn token() -> String {
    let half = || RandomState::new().hash_one(std::process::id());
    format!("{:016x}{:016x}", half(), half())
}
