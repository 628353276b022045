//! The choice of one value for a setting that the profile leaves open. Where nobody chooses,
//! nothing is guessed. Which settings are open is left to `settings`.

/// What a human chose among several values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picked {
    Value(String),
    /// None of them, or there is nobody to ask.
    Nothing,
    /// ^C in place of an answer.
    Interrupted,
}
