//! What a host says of operations that it was asked to carry out, and of its lock. An outcome that
//! nobody knows is an error of its own, never a failure. What follows from it is for the engine.

use crate::node::{Answered, HostError};

/// What became of an operation that a host was asked to carry out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applied {
    /// Done, and its check holds.
    Done,
    /// It held already; nothing was changed.
    Already,
    /// Neither done nor absent: nothing was changed.
    Differs { found: String },
    /// It was not begun: this shared file system, which it works on, is not mounted on the host.
    Withheld { unmounted: String },
    /// It ended without its check holding.
    Failed { status: Option<i32>, tail: String },
}

/// What became of operations that were sent in one request.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sent {
    /// An outcome for each that was begun, or an error behind which nobody knows.
    pub outcomes: Vec<Result<Applied, HostError>>,
    /// Answers to what was asked behind them, once all of them have ended well.
    pub answers: Answered,
}

impl Sent {
    /// Nothing became of them but this error.
    pub fn failed(error: HostError) -> Self {
        Self { outcomes: vec![Err(error)], answers: Vec::new() }
    }
}

/// What became of a request for a lock.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Taken {
    /// The line of another holder, who is in the way.
    pub other: Option<String>,
    /// Answers to what was asked, once the lock was taken.
    pub answers: Answered,
}
