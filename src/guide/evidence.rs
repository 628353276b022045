//! How sure an erratum is. Nothing in the program depends on a recalled one: it is printed with the
//! entry so that a reader can judge.

use std::fmt;

/// How sure it is that the guide is wrong there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// An official page says so, or the guide contradicts itself.
    Confirmed,
    /// It follows from what is confirmed.
    Inferred,
    /// Believed by people who know such systems; nothing rests on it.
    Recalled,
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Confirmed => "confirmed by the manuals or by the guide itself",
            Self::Inferred => "inferred from the manuals",
            Self::Recalled => "believed, not confirmed; nothing rests on it",
        })
    }
}
