use std::hash::{BuildHasher as _, RandomState};

/// 32 hexadecimal digits that nobody can guess: the standard library seeds its hashers from the system's randomness.
pub(super) fn token() -> String {
    let half = || RandomState::new().hash_one(std::process::id());
    format!("{:016x}{:016x}", half(), half())
}
