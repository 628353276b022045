//! What a simulated program gets to work with: its arguments, its host, the files and the
//! cluster. A path argument becomes the host's own path, with or without the lab's root before
//! it. What the program does with them is the program's affair, and whether it runs at all is
//! decided in `run`.

use std::io::Read;
use std::path::PathBuf;

use super::attended::Dialogue;
use super::refusal::{Refusal, of_io};
use super::view::View;
use super::world::World;
use super::{Oddity, Trouble};
use crate::node::NodeName;

/// One running program of the lab.
pub(crate) struct Call<'a> {
    pub world: World<'a>,
    pub host: NodeName,
    /// The simulated program's name, whatever it is called by.
    pub name: String,
    /// The path it was called by, as the host sees it.
    pub path: String,
    pub args: Vec<String>,
    pub cwd: String,
    pub stdin: &'a mut dyn Read,
    pub out: Vec<u8>,
    pub err: Vec<u8>,
    /// The directory that stands before every path on a lab on disk; a wrapper accepts paths with
    /// and without it.
    pub root: Option<String>,
    /// The lab's own directory, on disk.
    pub lab: Option<PathBuf>,
    /// What a fault has in store for this call.
    pub trouble: Option<Trouble>,
    /// What somebody answered when it asked.
    pub dialogue: Dialogue,
}

/// What every simulated program is: it ends with status 0 or a refusal.
pub(crate) type Program = fn(&mut Call<'_>) -> Result<(), Refusal>;

impl Call<'_> {
    pub fn files(&mut self) -> View<'_> {
        self.world.files(&self.host)
    }

    /// Whether the host does this.
    pub fn has(&self, oddity: Oddity) -> bool {
        self.world.cluster.personality.has(oddity)
    }

    /// Prints one line on standard output.
    pub fn say(&mut self, line: impl AsRef<str>) {
        self.out.extend_from_slice(line.as_ref().as_bytes());
        self.out.push(b'\n');
    }

    /// Prints one line on standard error.
    pub fn complain(&mut self, line: impl AsRef<str>) {
        self.err.extend_from_slice(line.as_ref().as_bytes());
        self.err.push(b'\n');
    }

    /// A path argument as the host sees it: the lab's root prefix taken off, relative ones from the
    /// working directory.
    pub fn inside(&self, arg: &str) -> String {
        inside(self.root.as_deref(), &self.cwd, arg)
    }

    /// The bytes of a file argument; `-` is standard input.
    pub fn input(&mut self, arg: &str) -> Result<Vec<u8>, Refusal> {
        if arg == "-" {
            let mut bytes = Vec::new();
            self.stdin.read_to_end(&mut bytes).map_err(|e| of_io(arg, &e))?;
            return Ok(bytes);
        }
        let path = self.inside(arg);
        self.files().load(&path).map_err(|e| of_io(arg, &e))
    }
}

/// A path argument as the host sees it.
pub(crate) fn inside(root: Option<&str>, cwd: &str, arg: &str) -> String {
    if let Some(rest) = root.and_then(|root| arg.strip_prefix(root)) {
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
        format!("{}/{arg}", if cwd == "/" { "" } else { cwd })
    }
}
