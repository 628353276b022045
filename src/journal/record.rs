//! The records of a journal, one a line. Fields are only ever added, with a default, so that this
//! program reads every older journal; it refuses a newer one. Which record may follow which is for
//! `History` and `State`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{OpKey, RunCommand, StepChoice, UndoScope};
use crate::node::NodeName;
use crate::op::{Leftover, Op};
use crate::text::without_secrets;

/// Version of the journal's format. A newer one is refused, older ones are read.
pub const VERSION: u32 = 1;

/// One line of the journal.
// Intents are the larger variant and the commonest one.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "record")]
pub enum Record {
    /// The first line.
    Header {
        version: u32,
        /// `calha 0.1.0`
        program: String,
        cluster: String,
        profile: String,
    },
    /// A command began its work.
    Run {
        command: RunCommand,
        /// Who, on which host, with which process id.
        by: String,
        at: String,
        /// Digest of the effective settings, and the settings; secrets are references.
        digest: String,
        values: BTreeMap<String, String>,
        /// Codes accepted on the command line.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        accepted: Vec<String>,
        /// Settings that the profile leaves open, as somebody chose them.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        answered: BTreeMap<String, String>,
        /// What it undoes; absent: it goes forward, or an older calha wrote it.
        #[serde(rename = "back", default, skip_serializing_if = "Option::is_none")]
        undo: Option<UndoScope>,
        /// Which steps it was to do; absent: all, or an older calha wrote it.
        #[serde(default, skip_serializing_if = "StepChoice::is_all")]
        chosen: StepChoice,
    },
    /// The operation is about to be done. Durable before the effect.
    Intent {
        key: OpKey,
        /// The node that it runs on.
        node: NodeName,
        /// The operation, sums in place of texts.
        op: serde_json::Value,
        /// SHA-256 of the whole operation: whether a changed profile changes it.
        digest: String,
        /// What undoes it, in order.
        undo: Vec<Op>,
        /// Why a refusal of the undo would be no failure.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        may_stay: Option<String>,
        /// What to type when the undo does not work.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        when_stuck: Option<String>,
        /// Not undone once one of these steps has begun.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        kept_once: Vec<String>,
        /// Why it cannot be undone at all.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        irreversible: Option<String>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        leaves: Vec<Leftover>,
        at: String,
    },
    Done {
        key: OpKey,
        at: String,
    },
    Failed {
        key: OpKey,
        status: Option<i32>,
        at: String,
        /// The last of what was said of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<String>,
    },
    /// It held already and this installation did not do it.
    Adopted {
        key: OpKey,
        node: NodeName,
        digest: String,
        /// What an earlier installation from here left of it, which is calha's then.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        leaves: Vec<Leftover>,
        at: String,
    },
    Invalidated {
        key: OpKey,
        /// The step that ran again.
        by: String,
    },
    /// Somebody accepted a question about it under this code.
    Waived {
        key: OpKey,
        node: NodeName,
        code: String,
        found: String,
        at: String,
    },
    /// Somebody accepted what a look could not judge, as it was found.
    Accepted {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        step: Option<String>,
        code: String,
        found: String,
        at: String,
    },
    UndoIntent {
        key: OpKey,
        at: String,
    },
    Undone {
        key: OpKey,
        /// What stays, and why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        left: Option<String>,
        at: String,
    },
    Stuck {
        key: OpKey,
        why: String,
        /// The next command to type.
        next: String,
        at: String,
    },
    /// Everything was undone; nothing follows.
    Closed {
        at: String,
    },
}

impl Record {
    /// The same with secrets hidden in what was found, or said by a node.
    pub(super) fn without_secrets(mut self) -> Self {
        match &mut self {
            Self::Waived { found: said, .. }
            | Self::Accepted { found: said, .. }
            | Self::Undone { left: Some(said), .. }
            | Self::Failed { why: Some(said), .. }
            | Self::Stuck { why: said, .. } => *said = without_secrets(said).into_owned(),
            _ => {}
        }
        self
    }

    /// The operation that it is about.
    pub fn key(&self) -> Option<&OpKey> {
        match self {
            Self::Intent { key, .. }
            | Self::Done { key, .. }
            | Self::Failed { key, .. }
            | Self::Adopted { key, .. }
            | Self::Invalidated { key, .. }
            | Self::Waived { key, .. }
            | Self::UndoIntent { key, .. }
            | Self::Undone { key, .. }
            | Self::Stuck { key, .. } => Some(key),
            Self::Header { .. }
            | Self::Run { .. }
            | Self::Accepted { .. }
            | Self::Closed { .. } => None,
        }
    }
}
