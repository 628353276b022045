//! The reply of a human to yes or no. ^C and an empty chair are replies of their own, so that
//! neither is taken for a no. What a reply means for the run is left to whoever asked.

/// What a human said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    Yes,
    No,
    /// ^C in place of an answer.
    Interrupted,
    /// There is nobody to ask.
    Nobody,
}
