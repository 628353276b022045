use serde::{Deserialize, Serialize};

use super::{Check, Command};

/// How a command is taken back, as data: no code of a step is needed for it, also years later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "undo")]
pub enum Undo {
    /// These commands in order, each with the check that says it is done; all skipped when `unless` holds.
    Run {
        commands: Vec<(Command, Check)>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unless: Option<Check>,
    },
    /// There is nothing to take back.
    Nothing { because: String },
    /// It cannot be taken back; its leftovers are declared.
    Irreversible { because: String },
}
