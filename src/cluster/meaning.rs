//! What the states of groups and resources come to for whoever wants to go on. `GroupState` and
//! `ResourceState` say which of their words mean what. What a step does about it is the step's
//! affair.

/// The meaning of a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    Up,
    Down,
    /// On its way from one to the other: it settles by itself, or fails.
    Moving,
    /// A method has failed; somebody has to act.
    Failed,
    /// A word that says nothing to calha.
    Unknown,
}

impl Meaning {
    /// Whether it stays as it is until somebody wants it otherwise.
    pub fn rests(self) -> bool {
        matches!(self, Self::Up | Self::Down)
    }
}
