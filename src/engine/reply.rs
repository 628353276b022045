//! The answer of a human to yes or no. ^C and an empty chair are answers of their own, so that
//! neither is taken for a no. What an answer means for the run is left to whoever asked.

/// What a human said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Yes,
    No,
    /// ^C in place of an answer.
    Interrupted,
    /// There is nobody to ask.
    Nobody,
}
