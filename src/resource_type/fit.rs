//! What a release makes of a type. Which rules say so is for `lint`.

/// Whether a type can be registered on a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    Yes,
    No,
    /// No document says.
    Unknown,
}
