//! The operations: the smallest changes that calha makes to a node, as data that plans, journals
//! and records on nodes keep. Their serialised shape is a promise: a field is only ever added, with
//! a default that old records mean. What an operation does, proves and undoes stands beside it, in
//! the files `effect`, `reality`, `inverse` and `shell`.

use serde::{Deserialize, Serialize};

use crate::node::{Command, Mode, NodeName, NodePath, Owner, Sum};

use super::{Change, Check, Format, Leftover, Undo};

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
        /// When it takes back another edit: that one's file stem. If the file is exactly what the
        /// other left, its pre-image is put back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        undoes: Option<String>,
    },
    Run {
        command: Command,
        stdin: Stdin,
        done_when: Check,
        absent_when: Check,
        /// Ends the waiting at once: it will not come any more.
        never: Check,
        /// Seconds for the command and for the state to settle after it; when they are over calha
        /// stops waiting and leaves it running.
        within: u64,
        /// Seconds of `within` to keep looking after the command has ended.
        settle: u64,
        /// What the command may change: paths on its node, and `cluster` for everything the cluster
        /// commands answer.
        touches: Vec<NodePath>,
        undo: Undo,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        leaves: Vec<Leftover>,
    },
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

/// Seconds within which a quick command ends: the limit of a query, unless the profile gives that
/// more.
const QUICK: u64 = 60;

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

impl Op {
    /// Whether somebody has to be there: a program of the node asks on a terminal, or something is
    /// done by hand.
    pub fn is_attended(&self) -> bool {
        matches!(self, Self::Operator { .. } | Self::Run { stdin: Stdin::Terminal { .. }, .. })
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
            Self::Run { .. } => "run",
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
            Self::Run { .. } | Self::Operator { .. } => None,
        }
    }

    /// What stays behind for good once it has begun.
    pub fn leaves(&self) -> &[Leftover] {
        match self {
            Self::Run { leaves, .. } | Self::Operator { leaves, .. } => leaves,
            _ => &[],
        }
    }

    /// Whether it ends at once: everything but vendors' programs, commands of the cluster and
    /// handwork.
    pub fn is_quick(&self) -> bool {
        match self {
            Self::Operator { .. } => false,
            Self::Run { stdin, within, .. } => *stdin == Stdin::Closed && *within <= QUICK,
            _ => true,
        }
    }

    /// Whether it may move a resource group or a mount: what changes the cluster's configuration or
    /// a state says that it touches /usr/cluster, what mounts says that it touches the table of
    /// mounts, mnttab(4).
    pub fn moves(&self) -> bool {
        let reaches = |path: &NodePath| {
            path.as_str() == "/etc/mnttab" || path.as_str().starts_with("/usr/cluster")
        };
        matches!(self, Self::Run { touches, .. } if touches.iter().any(reaches))
    }

    /// Whether it can be taken back.
    pub fn is_reversible(&self) -> bool {
        !matches!(self, Self::Operator { .. } | Self::Run { undo: Undo::Irreversible { .. }, .. })
    }
}
