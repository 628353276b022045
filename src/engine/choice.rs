//! The choice of somebody who decides about each step before it changes anything. What a choice
//! does to the run and to the journal is left to `confirm`.

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
