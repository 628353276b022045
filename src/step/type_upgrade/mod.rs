//! The steps of an upgrade of resources: register, down, another version, up, unregister.
//!
//! A plan that was made before says what they do; here it becomes operations, each with what proves
//! it and what undoes it. Undoing may need more to be brought down than doing: the
//! undo of a change of version brings that about itself, and the undo of what comes first in a wave
//! puts the states before back.

mod action;
mod asking;
mod by_hand;
mod files;
mod moving;
mod types;

pub use asking::{found_of_type, release_without_upgrades};
pub use by_hand::script_begun;
pub use files::{file_of_version, lacking};
pub use moving::{type_down, type_up, type_version};
pub use types::{type_register, type_unregister};

use super::{Scope, StepId, StepKind};
use crate::cluster::queries;
use crate::node::{Command, NodeName};
use crate::op::{Check, Op, Run, Touches, Undo};
use crate::type_upgrade::Wave;

/// What the steps are made from, besides the plan.
#[derive(Clone, Debug)]
pub struct UpgradeSite {
    pub members: Vec<NodeName>,
    /// Seconds a command of the cluster may take.
    pub within: u64,
}

impl UpgradeSite {
    fn scope(&self) -> Scope {
        Scope::Member(self.members.clone())
    }

    /// A command of the cluster.
    fn run(&self, command: Command, done_when: Check, absent_when: Check, undo: Undo) -> Op {
        Op::Run(
            Run::new(command, done_when, undo)
                .absent_when(absent_when)
                .within(self.within)
                .settling(self.within)
                .touching([Touches::Cluster]),
        )
    }
}

/// The step of this kind of a wave.
fn of_wave(kind: StepKind, wave: &Wave) -> StepId {
    StepId::new(kind, Some(wave.name.clone()))
}

/// A resource is of this type, by its full name.
fn is_of(resource: &str, full: &str) -> Check {
    Check::Prints { command: queries::type_of(resource), text: full.to_owned() }
}
