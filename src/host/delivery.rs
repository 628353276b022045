/// How the standard output of a request comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Delivery {
    /// Kept in a file until the request has ended, then sent in one write: for anything, and for what prints in many pieces.
    Kept,
    /// As it is printed, which costs a process less on the node: for what prints a few lines and leaves nothing running that could print later.
    Straight,
    /// The same for calha's own questions, which neither end the shell nor leave anything in it: without a process of their own.
    Asked,
}

/// From so many parts on, what one more process costs is less than what the line and its programs cost for each piece.
const MANY: usize = 10;

impl Delivery {
    /// For operations that so many questions follow.
    pub(super) fn behind(questions: usize) -> Self {
        if questions < MANY { Self::Straight } else { Self::Kept }
    }

    /// For so many questions.
    pub(super) fn asked(questions: usize) -> Self {
        if questions < MANY { Self::Asked } else { Self::Kept }
    }
}
