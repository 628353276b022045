//! Registering a resource type, and undoing exactly that.
//!
//! Several versions of a type may stand side by side, and scrgadm(1M) registers the one that the
//! node's registration file describes. Which one that was is asked right behind it, and the answer
//! stays in the record of the operation.

use super::{Check, Op, Run, Undo};
use crate::cluster::commands;
use crate::cluster::queries::registered_types;
use crate::node::Command;

/// The cluster answers, and no line of it is this type.
fn is_gone(listed: Check) -> Check {
    Check::All(vec![Check::Succeeds(registered_types()), listed.negated()])
}

impl Check {
    /// The type with exactly this full name is registered.
    pub fn listed(full: &str) -> Self {
        Self::Line { command: registered_types(), line: full.to_owned() }
    }

    /// The cluster answers, and no type has exactly this full name.
    pub fn unlisted(full: &str) -> Self {
        is_gone(Self::listed(full))
    }

    /// The type is registered, in whatever version.
    pub fn registered(name: &str) -> Self {
        Self::Versions { command: registered_types(), name: name.to_owned(), least: 1 }
    }

    /// The cluster answers, and the type is registered in no version.
    pub fn unregistered(name: &str) -> Self {
        is_gone(Self::registered(name))
    }
}

impl Op {
    /// Undoes the registration of the type with this full name.
    pub fn unregistering(full: &str, within: u64) -> Self {
        removal(full, Check::unlisted(full), within)
    }

    /// The same for the one version that is registered.
    pub(super) fn unregistering_any(name: &str, within: u64) -> Self {
        removal(name, Check::unregistered(name), within)
    }

    /// The type whose registration it undoes, as it was named when it was registered. One that
    /// says by its check that it means exactly this full name is none.
    pub fn unregisters(&self) -> Option<&str> {
        let Self::Run(run) = self else { return None };
        let name = commands::unregisters(&run.command)?;
        (run.done_when != Check::unlisted(name)).then_some(name)
    }

    /// What is asked once its command has ended well, for its undo; the answer goes behind the
    /// command's own output.
    pub fn asked_behind(&self) -> Option<Command> {
        match self {
            Self::Run(Run { undo: Undo::Unregister { .. }, .. }) => Some(registered_types()),
            _ => None,
        }
    }
}

fn removal(name: &str, done_when: Check, within: u64) -> Op {
    Op::Run(
        Run::new(commands::unregister_type(name), done_when, Undo::nothing("it is an undo itself"))
            .within(within)
            .settling(60),
    )
}
