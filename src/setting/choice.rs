//! One of the few values that a setting may have. Whether an answer is one of them is for `check`.

/// One of the values that a choice allows.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    pub value: &'static str,
    /// What it means, in a few words.
    pub means: &'static str,
}
