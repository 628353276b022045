//! A lab wholly in memory: no process, no sleep, no clock, so that tests run by the thousand. A
//! program that hangs has done nothing until `let_hung_finish`. It runs single programs; a whole
//! operation, with its intent and record on the node, is for `MemoryHost`.

use std::sync::Arc;

use super::dialogue::{self, Dialogue};
use super::digest::{self, Digest};
use super::memory_storage::MemoryStorage;
use super::request::Request;
use super::rgm::reconfigure;
use super::run::{instead, not_found, questions, run, trouble};
use super::storage::Raw;
use super::view::View;
use super::world::World;
use super::{CallRecord, Cluster, Fault, Personality, Trouble, layout};
use crate::node::{Command, Files, HostError, NodeName, Output};
use crate::setting::Settings;

/// A lab in memory. A clone is a snapshot that costs next to nothing.
#[derive(Clone, Debug)]
pub struct Memory {
    cluster: Cluster,
    storage: MemoryStorage,
    calls: Arc<Vec<CallRecord>>,
    hung: Vec<(NodeName, Command)>,
}

impl Memory {
    /// A fresh cluster for these settings: everything a vendor and an administrator did before the
    /// guide begins.
    ///
    /// # Panics
    /// When two settings claim one path for different things (a program where a directory must be).
    /// [`super::Disk::create`] returns that as an error.
    pub fn new(settings: &Settings) -> Self {
        Self::on(Personality::Plain, settings)
    }

    /// The same, of nodes of this kind.
    ///
    /// # Panics
    /// As [`Memory::new`].
    pub fn on(personality: Personality, settings: &Settings) -> Self {
        let mut storage = MemoryStorage::default();
        let cluster = layout::fresh(settings, personality, &mut storage)
            .expect("the layout is written into empty trees");
        Self { cluster, storage, calls: Arc::default(), hung: Vec::new() }
    }

    /// The state that the members share.
    pub fn cluster(&self) -> &Cluster {
        &self.cluster
    }

    /// The same, to stage what somebody else did.
    pub fn cluster_mut(&mut self) -> &mut Cluster {
        &mut self.cluster
    }

    /// Makes the host one of Solaris 10, whose services svcadm(1M) administers.
    ///
    /// # Errors
    /// When the program cannot be put in its place.
    pub fn make_solaris_10(&mut self, host: &NodeName) -> std::io::Result<()> {
        if let Some(machine) = self.cluster.hosts.get_mut(host) {
            machine.release = "5.10".into();
        }
        let mut files =
            View { cluster: &self.cluster, storage: &mut self.storage, host: host.clone() };
        files.make_program("/usr/sbin/svcadm")?;
        files.make_program("/usr/bin/svcprop")
    }

    /// The files of one host, mounts applied.
    pub fn files(&mut self, host: &NodeName) -> impl Files + use<'_> {
        View { cluster: &self.cluster, storage: &mut self.storage, host: host.clone() }
    }

    /// Runs the program at `command.program` of a host. Nothing there: status 1 and "not found", as
    /// the Bourne shell has it.
    ///
    /// # Errors
    /// `Unreachable` when the host is down; `TimedOut` when a fault makes it hang: then it has not
    /// done its work yet (see [`Memory::let_hung_finish`]).
    pub fn exec(
        &mut self,
        host: &NodeName,
        command: &Command,
        stdin: &[u8],
    ) -> Result<Output, HostError> {
        if !self.cluster.hosts.get(host).is_some_and(|m| m.up) {
            return Err(HostError::Unreachable {
                node: host.0.clone(),
                why: "no route to host".into(),
            });
        }
        let Some((name, path)) = self.program(host, command) else {
            return Ok(not_found(command.program.as_str()));
        };
        let trouble = trouble(&mut self.cluster, host, &name, &command.args);
        if let Some(Trouble::Hangs { seconds }) = trouble {
            self.hung.push((host.clone(), command.clone()));
            return Err(HostError::TimedOut(seconds));
        }
        Ok(self.perform(host, command, name, path, trouble, stdin))
    }

    /// Which program stands at a command's path, and that path with links followed.
    fn program(&mut self, host: &NodeName, command: &Command) -> Option<(String, String)> {
        let files = View { cluster: &self.cluster, storage: &mut self.storage, host: host.clone() };
        let place = files.resolve(command.program.as_str(), true).ok()?;
        let Some(Raw::Program { name }) = place.raw else { return None };
        Some((self.cluster.programs.get(&place.path).cloned().unwrap_or(name), place.path))
    }

    fn perform(
        &mut self,
        host: &NodeName,
        command: &Command,
        name: String,
        path: String,
        trouble: Option<Trouble>,
        mut stdin: &[u8],
    ) -> Output {
        self.storage.marked = false;
        let mut request = Request {
            host: host.clone(),
            name,
            path,
            args: command.args.clone(),
            cwd: command.cwd.as_ref().map_or_else(|| "/".into(), ToString::to_string),
            root: None,
            lab: None,
            trouble,
            dialogue: Dialogue::Silent,
        };

        let mut world = World { cluster: &mut self.cluster, storage: &mut self.storage };
        let mut asked = Vec::new();
        if request.trouble.as_ref().and_then(instead).is_none() {
            let questions = questions(&mut world, &request);
            // Neither a slice nor a vector fails to be read or written.
            request.dialogue =
                dialogue::ask(questions, &mut stdin, &mut asked).unwrap_or(Dialogue::Ended);
        }

        let (mut output, record) = run(world, request, &mut stdin);
        output.stdout.splice(0..0, asked);
        if let Some(record) = record {
            Arc::make_mut(&mut self.calls).push(record);
        }

        output
    }

    /// Lets every program that hangs do its work and end, in the order in which they were started.
    pub fn let_hung_finish(&mut self) -> Vec<Output> {
        let hung = std::mem::take(&mut self.hung);
        let mut outputs = Vec::new();
        for (host, command) in hung {
            if let Some((name, path)) = self.program(&host, &command) {
                outputs.push(self.perform(&host, &command, name, path, None, b""));
            }
        }
        outputs
    }

    /// Arranges for something to go wrong.
    pub fn inject(&mut self, fault: Fault) {
        self.cluster.faults.push(fault);
    }

    /// Nothing goes wrong any more.
    pub fn clear_faults(&mut self) {
        self.cluster.faults.clear();
    }

    /// Power off: its groups go to the next node.
    pub fn kill_node(&mut self, node: &NodeName) {
        reconfigure::kill(
            &mut World { cluster: &mut self.cluster, storage: &mut self.storage },
            node,
        );
    }

    /// Power on.
    pub fn boot_node(&mut self, node: &NodeName) {
        reconfigure::boot(
            &mut World { cluster: &mut self.cluster, storage: &mut self.storage },
            node,
        );
    }

    /// Every counted call so far.
    pub fn calls(&self) -> &[CallRecord] {
        &self.calls
    }

    /// The calls after which something was different.
    pub fn changing_calls(&self) -> Vec<&CallRecord> {
        self.calls.iter().filter(|c| c.changed).collect()
    }

    /// Everything visible: files of all hosts, contents of all volumes where mounted, and the
    /// cluster's configuration.
    ///
    /// Paths in `except` (and what is below them) are left out.
    pub fn digest(&self, except: &[&str]) -> Digest {
        let (cluster, mut storage) = (&self.cluster, self.storage.clone());
        let mut all = Digest::default();
        for host in cluster.hosts.keys() {
            let view = View { cluster, storage: &mut storage, host: host.clone() };
            all.add(host.as_str(), &digest::of_host(&view, except));
        }
        all.add_configuration(cluster);
        all
    }
}
