//! The course of a rehearsed upgrade: it runs, and afterwards the resource has the type that it is
//! meant to have and is in the states that it was in. What upgrades is not known here.

use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use super::rehearsal_nodes::RehearsalNodes;
use super::upgrade::Upgrade;
use crate::cli::{complain, print};
use crate::exit;
use crate::lab::Resource;
use crate::problem::Problem;

/// Why a rehearsal ends early.
pub enum Ended {
    /// Everything has been said.
    Status(ExitCode),
    Problem(Problem),
}

impl From<Problem> for Ended {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

/// A resource on simulated nodes, and how it was before the first change.
pub struct RehearsalCourse<'r> {
    pub nodes: &'r RehearsalNodes<'r>,
    pub before: Resource,
    /// Whether somebody wants it to end.
    pub interrupted: &'r AtomicBool,
}

impl RehearsalCourse<'_> {
    /// # Errors
    /// An upgrade that did not go to its end.
    pub fn run(&self, upgrade: &Upgrade) -> Result<(), Ended> {
        let status = upgrade.run();
        if self.interrupted.load(Ordering::Relaxed) {
            return Err(Ended::Status(ExitCode::from(exit::INTERRUPTED)));
        }
        if status == ExitCode::SUCCESS { Ok(()) } else { Err(Ended::Status(status)) }
    }

    /// The same upgrade again.
    ///
    /// # Errors
    /// One that changes something.
    pub fn run_again(&self, upgrade: &Upgrade) -> Result<(), Ended> {
        let changes = self.nodes.changes()?;
        self.run(upgrade)?;
        if self.nodes.changes()? == changes {
            return Ok(());
        }
        complain("the second run changed something");
        Err(Ended::Status(ExitCode::from(exit::FAILED)))
    }

    /// The resource is of this type and does what it did before; that is told.
    ///
    /// # Errors
    /// One that is not.
    pub fn stands(&self, of_type: &str, more: &str) -> Result<(), Ended> {
        let now = self.nodes.resource()?;
        let of = |one: &Resource| (one.enabled, one.monitored, one.states.clone());
        if now.type_name == of_type && of(&now) == of(&self.before) {
            print(&format!("\n{}", self.nodes.told(&now, more)));
            return Ok(());
        }

        print(&format!("\n{}", self.nodes.told(&now, "")));
        complain(&format!("it should be {of_type}, in the states before"));
        complain(self.nodes.told(&self.before, " (before)").trim_end());
        Err(Ended::Status(ExitCode::from(exit::FAILED)))
    }
}
