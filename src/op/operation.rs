//! The operations: the smallest changes that calha makes to a node, as data that plans, journals
//! and records on nodes keep. Their serialised shape is a promise: a field is only ever added, with
//! a default that old records mean. What an operation does, proves and undoes stands beside it, in
//! the files `effect`, `reality`, `inverse` and `shell`.

use serde::{Deserialize, Serialize};

use crate::node::{Command, Mode, NodeName, NodePath, Owner, Sum};

use super::{Change, Check, Format, Leftover, Run, Touches, Undo};

/// Everything that may change a node.
// A plan holds some hundred of these; boxing the large variant would make every rule that builds
// one harder to read.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "op")]
pub enum Op {
    Mkdir {
        path: NodePath,
        mode: Mode,
        owner: Owner,
        /// It will be mounted on: any directory that stands there will do, since what is seen may
        /// be the mounted file system's own.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        mount_point: bool,
    },
    /// Only if empty.
    Rmdir {
        path: NodePath,
    },
    Symlink {
        path: NodePath,
        target: String,
    },
    /// Only if it still points there.
    Unlink {
        path: NodePath,
        target: String,
    },
    /// A new file with this text. Another file there is never replaced.
    Install {
        path: NodePath,
        mode: Mode,
        owner: Owner,
        content: String,
    },
    /// A new file with the bytes of another file of the node. `mode` absent: owner, mode and times
    /// of the original (`cp -p`).
    Copy {
        from: NodePath,
        to: NodePath,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        mode: Option<Mode>,
    },
    /// Removes a file; with `sum` only if it still has these bytes.
    Remove {
        path: NodePath,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sum: Option<Sum>,
    },
    Edit {
        path: NodePath,
        format: Format,
        changes: Vec<Change>,
        /// When it undoes another edit: that one's file stem. If the file is exactly what the
        /// other left, its pre-image is put back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        undoes: Option<String>,
    },
    Run(Run),
    /// A human, or a vendor's program that a human drives, does it; calha verifies.
    Operator {
        /// The host it is done on, when that is not the one that is looked at.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on: Option<NodeName>,
        /// The command to type there, when it comes down to one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        command: Option<Command>,
        instructions: String,
        done_when: Check,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        leaves: Vec<Leftover>,
    },
}

impl Op {
    /// Whether somebody has to be there: a program of the node asks on a terminal, or something is
    /// done by hand.
    pub fn is_attended(&self) -> bool {
        match self {
            Self::Operator { .. } => true,
            Self::Run(run) => run.is_attended(),
            _ => false,
        }
    }

    /// The kind, one word.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Mkdir { .. } => "mkdir",
            Self::Rmdir { .. } => "rmdir",
            Self::Symlink { .. } => "symlink",
            Self::Unlink { .. } => "unlink",
            Self::Install { .. } => "install",
            Self::Copy { .. } => "copy",
            Self::Remove { .. } => "remove",
            Self::Edit { .. } => "edit",
            Self::Run(_) => "run",
            Self::Operator { .. } => "operator",
        }
    }

    /// The file or directory it is about; a command has none.
    pub fn path(&self) -> Option<&NodePath> {
        match self {
            Self::Mkdir { path, .. }
            | Self::Rmdir { path }
            | Self::Symlink { path, .. }
            | Self::Unlink { path, .. }
            | Self::Install { path, .. }
            | Self::Remove { path, .. }
            | Self::Edit { path, .. } => Some(path),
            Self::Copy { to, .. } => Some(to),
            Self::Run(_) | Self::Operator { .. } => None,
        }
    }

    /// What stays behind for good once it has begun.
    pub fn leaves(&self) -> &[Leftover] {
        match self {
            Self::Run(Run { leaves, .. }) | Self::Operator { leaves, .. } => leaves,
            _ => &[],
        }
    }

    /// Whether it ends at once: everything but vendors' programs, commands of the cluster and
    /// handwork.
    pub fn is_quick(&self) -> bool {
        match self {
            Self::Operator { .. } => false,
            Self::Run(run) => run.is_quick(),
            _ => true,
        }
    }

    /// Whether it may move a resource group or a mount.
    pub fn moves(&self) -> bool {
        matches!(self, Self::Run(run) if run.touches.iter().any(Touches::is_shared))
    }

    /// Whether it can be undone.
    pub fn is_reversible(&self) -> bool {
        !matches!(
            self,
            Self::Operator { .. } | Self::Run(Run { undo: Undo::Irreversible { .. }, .. })
        )
    }
}
