//! An answer that somebody can pick by its number, with where it was seen. An offer is never taken
//! by itself.

use serde::{Deserialize, Serialize};

/// An answer that can be taken as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// As it would be typed.
    pub value: String,
    /// What it is, or where it was seen.
    pub note: String,
}

impl Offer {
    /// An offer with its note.
    pub fn new(value: impl Into<String>, note: impl Into<String>) -> Self {
        Self { value: value.into(), note: note.into() }
    }
}
