/// What a human said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Yes,
    No,
    /// There is nobody to ask.
    Nobody,
}
