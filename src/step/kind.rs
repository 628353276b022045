/// Whether what a step brings about is configuration or a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Stays and is verified.
    Lasting,
    /// Looked at only while a later step that is still to do needs it: where a group stands is not configuration, a carried file is gone in the end.
    Passing,
}
