/// What a human chose among several values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picked {
    Value(String),
    /// None of them, or there is nobody to ask.
    Nothing,
    /// ^C in place of an answer.
    Interrupted,
}
