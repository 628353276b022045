//! How the output of a request comes back: kept in a file, straight, or without a process of its
//! own. The choice is one of cost, and each way says for which requests it is safe. The shell text
//! for each is in `Frame`.

/// How the standard output of a request comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// Kept in a file until the request has ended, then sent in one write: for anything, and for
    /// what prints in many pieces.
    Kept,
    /// As it is printed, which costs a process less on the node: for what prints a few lines and
    /// leaves nothing running that could print later.
    Straight,
    /// The same for calha's own operations and questions, which neither end the shell nor leave
    /// anything in it: without a process of their own.
    Inside,
}

/// From so many parts on, what one more process costs is less than what the line and its programs
/// cost for each piece.
const MANY: usize = 10;

impl Delivery {
    /// This, or what costs less for so many questions.
    pub(super) fn or_kept(self, questions: usize) -> Self {
        if questions < MANY { self } else { Self::Kept }
    }
}
