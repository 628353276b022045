//! What a step is to the installation as a whole, for whoever has to know without knowing its name.

/// The role of a step in an installation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Keeps what was there before the first change: nothing stands on it, and nobody does without.
    Records,
    /// Does what the guide asks for.
    Works,
    /// Says on each node of an instance that its installation is complete.
    Completes,
}
