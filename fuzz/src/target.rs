//! What a fuzzer needs to know of one kind of text. How bytes are damaged is its own affair.

/// A law, and what to begin with.
pub struct Target {
    pub name: &'static str,
    /// Panics where the law is broken.
    pub law: fn(&[u8]),
    /// Files, or directories of files, below the project's own.
    pub seeds: &'static [&'static str],
    /// What such texts are made of, whole and damaged.
    pub pieces: &'static [&'static str],
}
