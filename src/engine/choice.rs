/// What somebody decides about a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    Run,
    /// Leave it out, and say so in the journal.
    Skip,
    /// End here; everything done so far is kept.
    Stop,
    /// ^C.
    Interrupted,
}
