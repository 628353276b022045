//! How to undo a command, as data that the journal keeps: no code of a step is needed for it, even
//! years later. Operations on files need none of it, since `op::inverse` derives theirs. In which
//! order undos run is for the engine.

use serde::{Deserialize, Serialize};

use super::Check;
use crate::node::Command;

/// How a command is undone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "undo")]
pub enum Undo {
    /// These commands in order, each with the check that says it is done.
    Run {
        commands: Vec<(Command, Check)>,
        /// Why what the operation made may stay: a refusal of one of the commands is then no
        /// failure ("others use the type").
        #[serde(default, skip_serializing_if = "Option::is_none")]
        may_stay: Option<String>,
        /// What to type when one of the commands does not work, before it is tried again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        when_stuck: Option<String>,
    },
    /// The version of this resource type that was registered is unregistered.
    Unregister { name: String },
    /// There is nothing to undo.
    Nothing { because: String },
    /// It cannot be undone; its leftovers are declared.
    Irreversible { because: String },
}

impl Undo {
    /// By these commands, all of which have to work.
    pub fn by(commands: Vec<(Command, Check)>) -> Self {
        Self::Run { commands, may_stay: None, when_stuck: None }
    }

    pub fn nothing(because: impl Into<String>) -> Self {
        Self::Nothing { because: because.into() }
    }

    pub fn irreversible(because: impl Into<String>) -> Self {
        Self::Irreversible { because: because.into() }
    }
}
