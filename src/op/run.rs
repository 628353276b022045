//! A command of a node as an operation: what runs, what is asked before, during and after it, how
//! long it may take, and what undoes it. `Run::new` gives a command that is quick, asks nothing and
//! changes nothing that others look at; what is otherwise is said behind it.

use serde::{Deserialize, Serialize};

use super::{Check, Leftover, Touches, Undo};
use crate::node::Command;

/// Seconds within which a quick command ends: the limit of a query, unless the profile gives that
/// more.
const QUICK: u64 = 60;

/// A command, done when its check holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    pub command: Command,
    pub stdin: Stdin,
    pub done_when: Check,
    pub absent_when: Check,
    /// Ends the waiting at once: it will not come any more.
    pub never: Check,
    /// Seconds for the command and for the state to settle after it; when they are over calha stops
    /// waiting and leaves it running.
    pub within: u64,
    /// Seconds of `within` to keep looking after the command has ended.
    pub settle: u64,
    /// What the command may change.
    pub touches: Vec<Touches>,
    pub undo: Undo,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leaves: Vec<Leftover>,
}

/// Standard input of a command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stdin {
    Closed,
    /// A terminal of its own, for a program that asks.
    Terminal {
        /// What to answer, in lines, told before it starts.
        instructions: String,
    },
}

impl Run {
    /// The command may run whenever it is not done.
    pub fn new(command: Command, done_when: Check, undo: Undo) -> Self {
        Self {
            command,
            stdin: Stdin::Closed,
            done_when,
            absent_when: Check::Always,
            never: Check::Never,
            within: QUICK,
            settle: 0,
            touches: Vec::new(),
            undo,
            leaves: Vec::new(),
        }
    }

    /// It runs only in this state: any other one is somebody else's.
    pub fn absent_when(self, absent_when: Check) -> Self {
        Self { absent_when, ..self }
    }

    /// In this state it will not come about any more.
    pub fn never(self, never: Check) -> Self {
        Self { never, ..self }
    }

    pub fn stdin(self, stdin: Stdin) -> Self {
        Self { stdin, ..self }
    }

    /// Seconds that it may take.
    pub fn within(self, within: u64) -> Self {
        Self { within, ..self }
    }

    /// Seconds of these in which the state may settle after the command.
    pub fn settling(self, settle: u64) -> Self {
        Self { settle, ..self }
    }

    pub fn touching(self, touches: impl IntoIterator<Item = Touches>) -> Self {
        Self { touches: touches.into_iter().collect(), ..self }
    }

    /// What stays behind for good once it has begun.
    pub fn leaving(self, leaves: Vec<Leftover>) -> Self {
        Self { leaves, ..self }
    }

    /// Whether somebody answers it on a terminal.
    pub fn is_attended(&self) -> bool {
        self.stdin != Stdin::Closed
    }

    /// Whether it ends at once.
    pub fn is_quick(&self) -> bool {
        !self.is_attended() && self.within <= QUICK
    }
}
