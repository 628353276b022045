//! All that a simulated program gets: its words, its host's files, the state of the cluster, its
//! output, the lab's time, what goes wrong and what somebody answered.
//!
//! A program asks for these by name and has nothing else. It does not know who called it, by which
//! table it was found, or whether the lab is on disk. Whether it runs at all is decided in `run`.

use std::collections::BTreeMap;
use std::io::Read;

use super::clock::stamp;
use super::dialogue::Dialogue;
use super::refusal::{Refusal, of_io};
use super::request::Request;
use super::view::View;
use super::world::World;
use super::{Cluster, Machine, Oddity, Trouble, service};
use crate::node::{NodeName, Output};

/// One running program of the lab.
pub(crate) struct Call<'a> {
    world: World<'a>,
    request: Request,
    stdin: &'a mut dyn Read,
    out: Vec<u8>,
    err: Vec<u8>,
}

/// What every simulated program is: it ends with status 0 or a refusal.
pub(crate) type Program = fn(&mut Call<'_>) -> Result<(), Refusal>;

/// Who calls what.
impl<'a> Call<'a> {
    pub fn new(world: World<'a>, request: Request, stdin: &'a mut dyn Read) -> Self {
        Self { world, request, stdin, out: Vec::new(), err: Vec::new() }
    }

    /// The simulated program's name, whatever it is called by.
    pub fn name(&self) -> &str {
        &self.request.name
    }

    /// The path it was called by, as the host sees it.
    pub fn path(&self) -> &str {
        &self.request.path
    }

    pub fn args(&self) -> &[String] {
        &self.request.args
    }

    pub fn host(&self) -> &NodeName {
        &self.request.host
    }

    /// What a fault has in store for this call.
    pub fn trouble(&self) -> Option<&Trouble> {
        self.request.trouble.as_ref()
    }

    /// Every answer by its key; nothing when the program asked nothing.
    pub fn answers(&self) -> Option<&BTreeMap<String, String>> {
        match &self.request.dialogue {
            Dialogue::Answered(answers) => Some(answers),
            Dialogue::Silent | Dialogue::Ended => None,
        }
    }

    /// Whether the input ended, or somebody did not want to go on.
    pub fn is_cut_short(&self) -> bool {
        matches!(self.request.dialogue, Dialogue::Ended)
    }

    /// Runs another program with these words, as part of this one.
    pub fn start(&mut self, program: Program, args: Vec<String>) -> Result<(), Refusal> {
        let own = std::mem::replace(&mut self.request.args, args);
        let result = program(self);
        self.request.args = own;
        result
    }
}

/// What it looks at and changes.
impl<'a> Call<'a> {
    /// The state of the cluster, to look at.
    pub fn cluster(&self) -> &Cluster {
        self.world.cluster
    }

    /// The cluster with all its disks, for what the resource group manager does.
    pub fn world(&mut self) -> &mut World<'a> {
        &mut self.world
    }

    /// The same, with the host on which the program runs.
    pub fn on_host(&mut self) -> (&mut World<'a>, &NodeName) {
        (&mut self.world, &self.request.host)
    }

    /// The host on which it runs.
    pub fn machine(&self) -> Option<&Machine> {
        self.world.cluster.hosts.get(&self.request.host)
    }

    pub fn machine_mut(&mut self) -> Option<&mut Machine> {
        self.world.cluster.hosts.get_mut(&self.request.host)
    }

    pub fn files(&mut self) -> View<'_> {
        self.world.files(&self.request.host)
    }

    /// The lines of passwd or group that the host knows.
    pub fn accounts(&mut self, database: &str) -> Vec<String> {
        self.world.accounts(&self.request.host, database)
    }

    /// Whether the host does this.
    pub fn has(&self, oddity: Oddity) -> bool {
        self.world.cluster.personality.has(oddity)
    }

    /// The lab's time in a form of strftime(3C).
    pub fn now(&self, form: &str) -> String {
        stamp(self.world.cluster.clock, form)
    }

    /// Whether a socket of the host accepts; in memory every one does.
    pub fn accepts(&self, address: &str, port: u16) -> bool {
        let Request { lab, host, .. } = &self.request;
        lab.as_ref().is_none_or(|lab| service::accepts(lab, host, address, port))
    }
}

/// What it reads and says.
impl Call<'_> {
    /// A path argument as the host sees it.
    pub fn inside(&self, arg: &str) -> String {
        self.request.inside(arg)
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

    /// Prints bytes on standard output.
    pub fn print(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
    }

    /// Prints one line on standard output.
    pub fn say(&mut self, line: impl AsRef<str>) {
        self.print(line.as_ref().as_bytes());
        self.out.push(b'\n');
    }

    /// Prints one line on standard error.
    pub fn complain(&mut self, line: impl AsRef<str>) {
        self.err.extend_from_slice(line.as_ref().as_bytes());
        self.err.push(b'\n');
    }

    /// Says something about one operand, after the program's name.
    pub fn complain_of(&mut self, text: &str) {
        let line = format!("{}: {text}", self.request.name);
        self.complain(line);
    }

    /// What it has printed, when it ends with this status.
    pub fn ended(&mut self, status: i32) -> Output {
        let stdout = std::mem::take(&mut self.out);
        Output { status, stdout, stderr: std::mem::take(&mut self.err) }
    }
}
