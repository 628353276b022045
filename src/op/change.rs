//! The changes that an edit makes to a configuration file: a line or a block there, or gone. They
//! name entries and never whole files, so an undo keeps what others wrote. Which lines mean the
//! same is for `Likeness`; this file only holds the data.

use serde::{Deserialize, Serialize};

use crate::node::Sum;

/// The kind of document an edit is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    Vfstab,
    IcsConf,
    SyslogConf,
}

/// One change of an edited file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "change")]
pub enum Change {
    /// A line that means the same stands once; this one is appended when there is none. `key` is
    /// the mount point, or the file, that it is for.
    AddLine { line: String, key: String },
    /// No line that means the same stands anywhere, nor one that became of it.
    RemoveLine { line: String },
    /// The block from the line `begin` to the line `end` reads `text` (which includes both lines):
    /// appended, or replaced in place.
    /// `only_here` are beginnings of names that nothing but such a block sets.
    SetBlock {
        begin: String,
        end: String,
        text: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        only_here: Vec<String>,
    },
    /// No such block; `sum` is that of the lines it must have to be ours, `lines` those that set
    /// something: one of them without the block is what somebody left of it. Others give some names
    /// the same values, so a line is ours only as calha spells it, unless its name begins with one
    /// of `only_here`.
    RemoveBlock {
        begin: String,
        end: String,
        sum: Sum,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        lines: Vec<String>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        only_here: Vec<String>,
    },
}

impl Change {
    /// Whether it only takes something away.
    pub fn removes(&self) -> bool {
        matches!(self, Self::RemoveLine { .. } | Self::RemoveBlock { .. })
    }

    /// The entry it is about; a block is none.
    pub fn entry(&self) -> Option<&str> {
        match self {
            Self::AddLine { line, .. } | Self::RemoveLine { line } => Some(line),
            Self::SetBlock { .. } | Self::RemoveBlock { .. } => None,
        }
    }
}
