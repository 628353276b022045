//! A program on a node with its arguments: the only form in which calha runs anything there. The
//! program is always a full path (E29: `./scrgadm` works in one directory only), and the arguments
//! are words, never a line of shell. Who quotes them for a shell is `op::shell`; who starts them is
//! `host`.

use serde::{Deserialize, Serialize};

use super::NodePath;

/// A program, its arguments, and where it starts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Command {
    pub program: NodePath,
    pub args: Vec<String>,
    /// Where it is started; only an operation's own command has one, a check never does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cwd: Option<NodePath>,
}

impl Command {
    /// A command from text fixed in the program.
    ///
    /// # Panics
    /// When `program` is no valid path.
    pub fn new<A: Into<String>>(program: &str, args: impl IntoIterator<Item = A>) -> Self {
        Self {
            program: NodePath::new(program).expect("a program path fixed in the code"),
            args: args.into_iter().map(Into::into).collect(),
            cwd: None,
        }
    }
}
