use serde::{Deserialize, Serialize};

use super::Sum;

/// The kind of document an edit is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    Vfstab,
    IcsConf,
    SyslogConf,
}

/// One change of an edited file. Entries and blocks, never whole files, so that undoing it keeps what others wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "change")]
pub enum Change {
    /// This exact line stands once, appended when it is missing. `key` is the mount point it must be the only entry for.
    AddLine { line: String, key: String },
    /// This exact line stands nowhere.
    RemoveLine { line: String },
    /// The block from the line `begin` to the line `end` reads `text` (which includes both lines): appended, or replaced in place.
    SetBlock { begin: String, end: String, text: String },
    /// No such block; `sum` is that of the lines it must have to be ours.
    RemoveBlock { begin: String, end: String, sum: Sum },
}
