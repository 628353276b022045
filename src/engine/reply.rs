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
