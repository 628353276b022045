//! Whether what a step brings about is configuration or a position. What a step *is* says its kind.

/// How long the effect of a step is to stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lifespan {
    /// Stays and is verified.
    Lasting,
    /// Looked at only while a later step that is still to do needs it: where a group stands is not
    /// configuration, and a carried file is gone in the end.
    Passing,
}
