//! How to go on after a command that ended early: commands that work as they are printed.

use crate::engine::Commands;

/// How to go on after a command that ended early.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// The same command, as it was typed.
    pub same: String,
    /// Goes on with what has begun, where the journal has it so and the command is one of those
    /// that are resumed.
    pub resume: Option<String>,
    /// Undoes what was done, where that can be done.
    pub undo: Option<String>,
    /// Whether the journal has the run: until then only the same command knows what was wanted.
    pub begun: bool,
    /// Other commands for the same profile.
    pub commands: Commands,
}

impl Way {
    /// The way of a command that only looks, or that is gone on with by itself.
    pub fn again(same: String, commands: Commands) -> Self {
        Self { same, resume: None, undo: None, begun: false, commands }
    }

    /// The way of work with a journal of its own.
    pub fn of(self, commands: Commands) -> Self {
        Self { undo: Some(commands.undo()), commands, ..self }
    }

    /// What is typed to go on.
    pub fn on(&self) -> &str {
        self.resume.as_deref().filter(|_| self.begun).unwrap_or(&self.same)
    }

    /// What goes on once a stuck undo is settled: with the undoing that it belongs to, whatever
    /// was typed now.
    pub fn after_stuck(&self) -> &str {
        self.resume.as_ref().or(self.undo.as_ref()).unwrap_or(&self.same)
    }
}
