//! What the command line says about a run, and the line by which the run names itself in a lock: a
//! lock of this journal's own dead run is known by it. Reading the arguments is left to the caller,
//! refusing unknown steps to `install`.

use std::collections::BTreeMap;

use super::Commands;
use crate::journal::StepChoice;

/// What the command line says about a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Codes of questions and problems that are accepted beforehand.
    pub accept: Vec<String>,
    /// Settings that the profile leaves open, as they were chosen in this run or an earlier one.
    pub answered: BTreeMap<String, String>,
    /// Which steps it is to do.
    pub chosen: StepChoice,
    /// Whether somebody watches where groups and mounts are; it costs a look after each step that
    /// may move them.
    pub watch: bool,
    /// Whether proofs are told whole.
    pub verbose: bool,
    /// Whether it only shows what it would do: the run ends where it would ask for consent.
    pub preview: bool,
    /// The profile on a command line, for commands that are printed.
    pub commands: Commands,
    /// Who runs it and where its journal is: "root on admin with
    /// /root/.local/state/calha/penguin/cal".
    pub place: String,
    /// The rest of the lock's line: "process 4711, since 2026-11-25 17:00:00".
    pub process: String,
}

impl Options {
    /// The whole line of the lock.
    pub fn by(&self) -> String {
        format!("{}, {}", self.place, self.process)
    }

    /// Whether a lock was taken by a run with the same journal.
    pub fn is_from_here(&self, holder: &str) -> bool {
        holder.strip_prefix(self.place.as_str()).is_some_and(|rest| rest.starts_with(", "))
    }
}
