//! What stands at a path of a node: nothing, a file, a directory, a link or a special file, with
//! its mode, owner and sum. It tells what `ls -ldn` and `cksum` print and never the contents of a
//! file. Whether it is what a step wants is for `op::reality` to say.

use serde::{Deserialize, Serialize};

use super::{Mode, Owner, Sum};

/// What stands at a path; a final symbolic link is not followed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Entry {
    Missing,
    /// `links` is the number of hard links.
    File {
        mode: Mode,
        owner: Owner,
        links: u64,
        sum: Sum,
    },
    Directory {
        mode: Mode,
        owner: Owner,
    },
    Link {
        target: String,
    },
    /// A device, socket, pipe …; the letter is the first column of `ls -l`.
    Other {
        letter: char,
    },
}

impl Entry {
    /// Whether anything stands there.
    pub fn exists(&self) -> bool {
        *self != Self::Missing
    }

    /// Words for a message: "a directory 0755 0:0".
    pub fn describe(&self) -> String {
        match self {
            Self::Missing => "nothing".into(),
            Self::File { mode, owner, sum, .. } => {
                format!("a file {mode} {owner}, {} bytes", sum.len)
            }
            Self::Directory { mode, owner } => format!("a directory {mode} {owner}"),
            Self::Link { target } => format!("a symbolic link to {target}"),
            Self::Other { letter: 'b' } => "a block device".into(),
            Self::Other { letter: 'c' } => "a character device".into(),
            Self::Other { letter } => format!("a special file (type '{letter}')"),
        }
    }
}
