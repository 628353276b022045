//! The call of a program before it runs: who calls what, with which words, and what goes wrong
//! then. Everything is known before the lab's lock is taken; what the program may touch is in
//! `Call`.

use std::path::PathBuf;

use super::Trouble;
use super::dialogue::Dialogue;
use crate::node::NodeName;

/// A program call before it runs.
pub(crate) struct Request {
    pub host: NodeName,
    /// The simulated program's name, whatever it is called by.
    pub name: String,
    /// The path it was called by, as the host sees it.
    pub path: String,
    pub args: Vec<String>,
    pub cwd: String,
    /// The directory that stands before every path on a lab on disk; a program accepts paths with
    /// and without it.
    pub root: Option<String>,
    /// The lab's own directory, on disk.
    pub lab: Option<PathBuf>,
    /// What a fault has in store for this call.
    pub trouble: Option<Trouble>,
    /// What somebody answered when it asked.
    pub dialogue: Dialogue,
}

impl Request {
    /// A path argument as the host sees it: the lab's root prefix taken off, relative ones from the
    /// working directory.
    pub fn inside(&self, arg: &str) -> String {
        if let Some(rest) = self.root.as_deref().and_then(|root| arg.strip_prefix(root)) {
            if rest.is_empty() {
                return "/".into();
            }
            if rest.starts_with('/') {
                return rest.into();
            }
        }

        if arg.starts_with('/') {
            arg.into()
        } else {
            format!("{}/{arg}", if self.cwd == "/" { "" } else { &self.cwd })
        }
    }
}
