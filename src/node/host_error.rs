//! Why a host gave no answer, or an operation on it has no known outcome. A lost line and a time
//! that ran out leave open what the operation did: they never stand for its failure. A program that
//! ends with another status than 0 is no error here but an `Output`.

use thiserror::Error;

/// Why a host could not answer.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum HostError {
    /// Only known when the named step has run: the dry run's honest answer.
    #[error("known after step {0}")]
    KnownAfter(String),
    /// A plan without connections cannot know.
    #[error("not known without a connection to the node")]
    Offline,
    /// A batch of questions is being collected; ask again when it has been answered.
    #[error("not asked yet")]
    NotAsked,
    /// The line is gone. What was running may still be running.
    #[error("lost the connection to {node}: {why}")]
    Lost { node: String, why: String },
    #[error("cannot reach {node}: {why}")]
    Unreachable { node: String, why: String },
    /// The question itself is wrong.
    #[error("{0}")]
    Invalid(String),
    /// The node answered with an error of the operating system.
    #[error("{path}: {why}")]
    Io { path: String, why: String },
    /// Another run has taken the lock on the node over, or somebody has removed it: nothing more is
    /// begun.
    #[error("this run has lost its lock on the node: {holder} holds it")]
    LostLock { holder: String },
    /// The operation's time is over; it was left running.
    #[error("still running after {0} seconds")]
    TimedOut(u64),
}
