//! Where an answer came from, in the form in which a message prints it (`site.toml:12`, `--set`).
//! It also tells what somebody decided from what the registry filled in, which matters when two
//! settings conflict and one of them has to be named.

use std::fmt;

/// Where an answer came from, so that an error can say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A line of a profile; lines count from 1.
    Profile { file: String, line: usize },
    /// `--set` on the command line.
    Set,
    /// A question on the terminal.
    Prompt,
    /// A node that was asked.
    Node { node: String },
    /// The default of the registry.
    Default,
    /// Worked out from the settings with these keys.
    Derived { from: Vec<String> },
}

impl Origin {
    /// Whether somebody gave the answer, as opposed to the registry.
    pub fn is_given(&self) -> bool {
        !matches!(self, Self::Default | Self::Derived { .. })
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Profile { file, line } => write!(f, "{file}:{line}"),
            Self::Set => f.write_str("--set"),
            Self::Prompt => f.write_str("answer"),
            Self::Node { node } => write!(f, "read from {node}"),
            Self::Default => f.write_str("default"),
            Self::Derived { from } => write!(f, "derived from {}", from.join(", ")),
        }
    }
}
