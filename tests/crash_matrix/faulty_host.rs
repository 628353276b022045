//! A node in memory on which one mishap befalls one step, and the journal that it befalls. What
//! must hold then is for `faults`.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex};

use calha::host::{Applied, Due, Host};
use calha::journal::{MemoryStore, Store};
use calha::lab::{Fault, MemoryHost, Rack};
use calha::node::{
    Answered, Command, Entry, Files as _, HostError, Inspect, Mode, NodeName, NodePath, Output,
    Owner, Question,
};
use calha::op::{Op, OpId, Run};

use super::bench::Start;
use super::lie::{program, telling};
use super::mishap::Mishap;

/// What somebody writes by hand.
pub const BY_HAND: &str = "# written by hand\n";

/// Which operation of a run a mishap befalls, of those that it can befall.
#[derive(Clone, Debug)]
pub enum Moment {
    /// The first of this step.
    Step(String),
    /// The one behind so many others.
    Behind(usize),
}

/// A mishap that waits for its moment, and what has come of it.
pub struct Plan {
    moment: Mutex<Moment>,
    pub mishap: Mishap,
    /// What a second operator does meanwhile.
    pub second: Box<dyn Fn() + Send + Sync>,
    pub store: MemoryStore,
    /// The operation that it befell.
    pub befallen: Mutex<Option<(NodeName, Op)>>,
    /// What stood when calha was killed.
    pub killed: Mutex<Option<Start>>,
    /// The node whose line is gone.
    gone: Mutex<Option<NodeName>>,
    journal_refuses: AtomicBool,
}

impl Plan {
    pub fn new(
        moment: Moment,
        mishap: Mishap,
        store: MemoryStore,
        second: Box<dyn Fn() + Send + Sync>,
    ) -> Self {
        Self {
            moment: Mutex::new(moment),
            mishap,
            second,
            store,
            befallen: Mutex::default(),
            killed: Mutex::default(),
            gone: Mutex::default(),
            journal_refuses: AtomicBool::new(false),
        }
    }

    /// Whether it befalls this operation.
    fn befalls(&self, on: &NodeName, due: &Due) -> bool {
        let mut befallen = self.befallen.lock().unwrap();
        if befallen.is_some() || !self.mishap.can_befall(&due.op) {
            return false;
        }
        let now = match &mut *self.moment.lock().unwrap() {
            Moment::Step(step) => due.id.step == *step,
            Moment::Behind(0) => true,
            Moment::Behind(others) => {
                *others -= 1;
                false
            }
        };
        if now {
            *befallen = Some((on.clone(), due.op.clone()));
        }
        now
    }
}

/// A journal in memory that refuses a line once its mishap has come.
pub struct FaultyStore(pub Arc<Plan>);

impl FaultyStore {
    fn refused(&self) -> io::Result<()> {
        match self.0.mishap.journal_error() {
            Some(kind) if self.0.journal_refuses.load(SeqCst) => Err(kind.into()),
            _ => Ok(()),
        }
    }
}

impl Store for FaultyStore {
    fn load(&mut self) -> io::Result<Vec<u8>> {
        self.0.store.clone().load()
    }

    fn append(&mut self, line: &[u8]) -> io::Result<()> {
        self.refused()?;
        self.0.store.clone().append(line)
    }

    fn truncate(&mut self, len: u64) -> io::Result<()> {
        self.refused()?;
        self.0.store.clone().truncate(len)
    }

    fn closed(&self) -> io::Result<usize> {
        self.0.store.closed()
    }

    fn last_closed(&self) -> io::Result<Vec<u8>> {
        self.0.store.last_closed()
    }

    fn archive(&mut self) -> io::Result<()> {
        self.refused()?;
        self.0.store.clone().archive()
    }
}

/// A node that carries out what it is told until the mishap comes.
pub struct FaultyHost {
    pub inner: MemoryHost,
    pub rack: Arc<Mutex<Rack>>,
    pub plan: Arc<Plan>,
}

impl FaultyHost {
    fn is_there(&self) -> Result<(), HostError> {
        match self.plan.gone.lock().unwrap().as_ref() == Some(self.name()) {
            true => Err(self.lost()),
            false => Ok(()),
        }
    }

    fn lost(&self) -> HostError {
        HostError::Lost { node: self.name().0.clone(), why: "connection reset".into() }
    }

    fn snapshot(&self) {
        let start =
            Start { rack: Rack::snapshot(&self.rack), journal: self.plan.store.contents().open };
        *self.plan.killed.lock().unwrap() = Some(start);
    }

    fn inject(&self, fault: Fault) {
        self.rack.lock().unwrap().lab.inject(fault);
    }

    /// What happens before the operation begins; an error where it is not begun.
    fn before(&self, op: &Op) -> Result<(), HostError> {
        let host = self.name().clone();
        let mishap = self.plan.mishap;
        if let (Some(trouble), Op::Run(Run { command, .. })) = (mishap.trouble(), op) {
            self.inject(Fault::Call {
                program: program(command),
                host: Some(host.clone()),
                argument: telling(command),
                nth: 1,
                seen: 0,
                trouble,
            });
        }
        if let Some(why) = mishap.refusal() {
            return Err(HostError::Io { path: "/var/opt/calha".into(), why: why.into() });
        }

        match mishap {
            Mishap::KilledBefore => self.snapshot(),
            Mishap::RecordFull => self.inject(Fault::DiskFull { host, path: "/".into() }),
            Mishap::PlaceFull => {
                let parent = target(op).and_then(NodePath::parent).expect("a file has a directory");
                self.inject(Fault::DiskFull { host, path: parent.to_string() });
            }
            Mishap::ClockJumps => self.rack.lock().unwrap().lab.cluster_mut().clock = 0,
            Mishap::Reboots => {
                let mut rack = self.rack.lock().unwrap();
                rack.lab.kill_node(&host);
                *self.plan.gone.lock().unwrap() = Some(host);
                return Err(self.lost());
            }
            Mishap::Another => (self.plan.second)(),
            Mishap::Edited => self.write_by_hand(target(op).expect("it names a file")),
            _ => {}
        }
        Ok(())
    }

    fn write_by_hand(&self, path: &NodePath) {
        let mut rack = self.rack.lock().unwrap();
        let root = rack.lab.cluster().personality.root();
        let mut files = rack.lab.files(self.name());
        let (mut bytes, mode, owner): (Vec<u8>, Mode, Owner) = match files.stat(path) {
            Ok(Entry::File { mode, owner, .. }) => (files.read(path).unwrap(), mode, owner),
            _ => (Vec::new(), Mode(0o644), root),
        };
        bytes.extend_from_slice(BY_HAND.as_bytes());
        // On a file system that is full a colleague cannot write either: it comes about later.
        if files.write(path, &bytes, mode, owner).is_err() {
            *self.plan.befallen.lock().unwrap() = None;
        }
    }
}

/// The file that an operation makes or changes.
pub fn target(op: &Op) -> Option<&NodePath> {
    match op {
        Op::Edit { path, .. }
        | Op::Install { path, .. }
        | Op::Mkdir { path, .. }
        | Op::Copy { to: path, .. }
        | Op::Symlink { path, .. } => Some(path),
        _ => None,
    }
}

impl Inspect for FaultyHost {
    fn name(&self) -> &NodeName {
        self.inner.name()
    }

    fn stat(&self, path: &NodePath) -> Result<Entry, HostError> {
        self.is_there()?;
        self.inner.stat(path)
    }

    fn read(&self, path: &NodePath) -> Result<Vec<u8>, HostError> {
        self.is_there()?;
        self.inner.read(path)
    }

    fn query(&self, command: &Command) -> Result<Output, HostError> {
        self.is_there()?;
        self.inner.query(command)
    }

    fn ask(&self, questions: &[Question]) -> Result<Answered, HostError> {
        self.is_there()?;
        self.inner.ask(questions)
    }
}

impl Host for FaultyHost {
    fn apply(&self, due: &Due) -> Result<Applied, HostError> {
        self.is_there()?;
        if !self.plan.befalls(self.name(), due) {
            return self.inner.apply(due);
        }

        self.before(&due.op)?;
        let outcome = self.inner.apply(due);
        match self.plan.mishap {
            Mishap::KilledAfter => self.snapshot(),
            Mishap::LineLost => {
                *self.plan.gone.lock().unwrap() = Some(self.name().clone());
                return Err(self.lost());
            }
            mishap if mishap.journal_error().is_some() => {
                self.plan.journal_refuses.store(true, SeqCst);
            }
            mishap if mishap.trouble().is_some() => self.rack.lock().unwrap().lab.clear_faults(),
            _ => {}
        }
        outcome
    }

    fn wait(&self, id: &OpId, within: u64) -> Result<(), HostError> {
        self.is_there()?;
        self.inner.wait(id, within)
    }

    fn take(&self, holder: &str) -> Result<Option<String>, HostError> {
        self.is_there()?;
        self.inner.take(holder)
    }

    fn release(&self, holder: &str) -> Result<(), HostError> {
        self.is_there()?;
        self.inner.release(holder)
    }

    fn remove_record(&self) -> Result<(), HostError> {
        self.is_there()?;
        self.inner.remove_record()
    }
}
