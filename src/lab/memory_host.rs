//! A node of a lab in memory, as the engine's host. It does what the shell form of an operation
//! does, step by step, and shows the rack to its watcher between any two steps that a kill could
//! separate. What a program on the node does is for `Memory`.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Oddity;
use super::rack::{Rack, Running, Watch};
use crate::host::{Applied, Due, Host};
use crate::node::{
    Answered, Command, Entry, Files, HostError, Inspect, Mode, NodeName, NodePath, Output, Owner,
    Question, Sum,
};
use crate::op::{Op, OpId, Reality, Run};

/// A node of a lab in memory, as a host.
#[derive(Clone)]
pub struct MemoryHost {
    name: NodeName,
    record: NodePath,
    rack: Arc<Mutex<Rack>>,
    watch: Option<Watch>,
}

const PRIVATE: Mode = Mode(0o600);

impl Rack {
    /// Hosts over one shared rack, one for each machine of the lab.
    pub fn hosts(
        self,
        record: &NodePath,
        watch: Option<Watch>,
    ) -> (Arc<Mutex<Self>>, Vec<MemoryHost>) {
        let names: Vec<NodeName> = self.lab.cluster().hosts.keys().cloned().collect();
        let rack = Arc::new(Mutex::new(self));
        let host = |name| MemoryHost::new(name, record.clone(), Arc::clone(&rack), watch.clone());
        let hosts = names.into_iter().map(host).collect();
        (rack, hosts)
    }
}

impl MemoryHost {
    fn new(name: NodeName, record: NodePath, rack: Arc<Mutex<Rack>>, watch: Option<Watch>) -> Self {
        Self { name, record, rack, watch }
    }

    fn rack(&self) -> MutexGuard<'_, Rack> {
        self.rack.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn with<T>(
        &self,
        work: impl FnOnce(&mut dyn Files) -> Result<T, HostError>,
    ) -> Result<T, HostError> {
        self.reached()?;
        work(&mut self.rack().lab.files(&self.name))
    }

    /// An error while the node is down: then it answers nothing at all.
    fn reached(&self) -> Result<(), HostError> {
        let is_up = self.rack().lab.cluster().hosts.get(&self.name).is_some_and(|m| m.up);
        match is_up {
            true => Ok(()),
            false => Err(HostError::Unreachable {
                node: self.name.0.clone(),
                why: "no route to host".into(),
            }),
        }
    }

    fn point(&self, what: &str) {
        if let Some(watch) = &self.watch {
            watch(what, &self.rack());
        }
    }

    /// What root makes here belongs to.
    fn root(&self) -> Owner {
        self.rack().lab.cluster().personality.root()
    }

    fn file(&self, stem: &str, ending: &str) -> NodePath {
        self.record.join(&format!("{stem}.{ending}"))
    }

    fn keep(&self, path: &NodePath, bytes: &[u8]) -> Result<(), HostError> {
        let root = self.root();
        self.with(|f| f.write(path, bytes, PRIVATE, root))
    }

    /// What an attempt that was killed had prepared beside the file.
    fn clean(&self, op: &Op) -> Result<(), HostError> {
        let path = match op {
            Op::Edit { path, .. } => self.real(path)?,
            Op::Mkdir { path, .. }
            | Op::Rmdir { path }
            | Op::Install { path, .. }
            | Op::Copy { to: path, .. }
            | Op::Remove { path, .. } => path.clone(),
            _ => return Ok(()),
        };
        let beside = beside(&path)?;
        self.with(|f| match f.stat(&beside)? {
            Entry::Missing => Ok(()),
            Entry::Directory { .. } => f.rmdir(&beside),
            _ => f.remove(&beside),
        })
    }

    fn real(&self, path: &NodePath) -> Result<NodePath, HostError> {
        self.with(|f| crate::node::resolve(&|p| f.stat(p), path))
    }

    fn effect(&self, id: &OpId, op: &Op) -> Result<i32, HostError> {
        let stem = id.file_stem();
        match op {
            Op::Mkdir { path, mode, owner, .. } => {
                let beside = beside(path)?;
                let root = self.root();
                self.with(|f| f.mkdir(&beside, *mode, root))?;
                self.point("directory without its owner");
                self.with(|f| f.chown(&beside, *owner))?;
                self.point("directory beside its place");
                self.with(|f| f.rename(&beside, path))?;
            }
            Op::Install { path, mode, owner, content } => {
                let beside = beside(path)?;
                let root = self.root();
                self.with(|f| f.write(&beside, content.as_bytes(), *mode, root))?;
                self.with(|f| f.chown(&beside, *owner))?;
                self.point("file beside its place");
                self.with(|f| f.rename(&beside, path))?;
            }
            Op::Copy { from, to, mode } => {
                let beside = beside(to)?;
                let copy = Op::Copy { from: from.clone(), to: beside.clone(), mode: *mode };
                self.with(|f| copy.apply_to(f, None))?;
                self.point("copy beside its place");
                self.with(|f| f.rename(&beside, to))?;
            }
            Op::Edit { path, changes, undoes, .. } => {
                let real = self.real(path)?;
                let beside = beside(&real)?;
                let before = self.with(|f| f.read(&real))?;
                let after = match self.pre_image(undoes.as_deref(), &before)? {
                    Some(bytes) => bytes,
                    None => crate::op::effect::edit(&before, changes),
                };
                let Entry::File { mode, owner, .. } = self.stat(&real)? else {
                    return Err(HostError::Io { path: path.to_string(), why: "not a file".into() });
                };
                self.with(|f| f.write(&beside, &after, mode, owner))?;
                self.point("edited copy beside the file");
                let sum = self.printed(Sum::of(&after));
                self.keep(&self.file(&stem, "after"), sum.as_bytes())?;
                self.with(|f| f.rename(&beside, &real))?;
            }
            Op::Run(Run { command, .. }) => return self.run(&stem, command, op.asked_behind()),
            Op::Rmdir { .. } | Op::Symlink { .. } | Op::Unlink { .. } | Op::Remove { .. } => {
                self.with(|f| op.apply_to(f, None))?;
            }
            Op::Operator { .. } => {
                return Err(HostError::Invalid("a host does no handwork".into()));
            }
        }

        Ok(0)
    }

    /// The bytes before the edit that is taken back, if the file is exactly what that edit left.
    fn pre_image(&self, undoes: Option<&str>, now: &[u8]) -> Result<Option<Vec<u8>>, HostError> {
        let Some(stem) = undoes else { return Ok(None) };
        let (before, after) = (self.file(stem, "before"), self.file(stem, "after"));
        self.with(|f| {
            let (Ok(before), Ok(after)) = (f.read(&before), f.read(&after)) else {
                return Ok(None);
            };
            let left = Sum::read(&String::from_utf8_lossy(&after));
            Ok((left == Some(Sum::of(now))).then_some(before))
        })
    }

    /// A sum as the node's cksum(1) prints it.
    fn printed(&self, sum: Sum) -> String {
        let tabs = self.rack().lab.cluster().personality.has(Oddity::CksumTabs);
        format!("{}{}{}\n", sum.crc, if tabs { '\t' } else { ' ' }, sum.len)
    }

    fn run(
        &self,
        stem: &str,
        command: &Command,
        behind: Option<Command>,
    ) -> Result<i32, HostError> {
        for ending in ["rc", "pid"] {
            let path = self.file(stem, ending);
            self.with(|f| if f.stat(&path)?.exists() { f.remove(&path) } else { Ok(()) })?;
        }

        self.keep(&self.file(stem, "pid"), b"1 \n")?;
        let running = Running {
            host: self.name.clone(),
            stem: stem.to_owned(),
            command: command.clone(),
            behind,
        };
        self.rack().running.push(running.clone());
        self.point("command at work");
        let result = self.rack().lab.exec(&self.name, command, b"");
        match result {
            Ok(output) => {
                let output = self.with_answer(output, &running)?;
                self.rack().running.retain(|r| *r != running);
                self.ended(stem, &output)?;
                self.point("command ended");
                Ok(output.status)
            }
            // It hangs: it stays at work, and whoever comes next waits for it.
            Err(other) => Err(other),
        }
    }

    /// What a command has printed, and behind it what is asked once it has ended well.
    fn with_answer(&self, mut output: Output, of: &Running) -> Result<Output, HostError> {
        let Some(behind) = of.behind.as_ref().filter(|_| output.success()) else {
            return Ok(output);
        };
        let answer = self.rack().lab.exec(&self.name, behind, b"")?;
        output.stdout.extend(answer.stdout);
        output.stderr.extend(answer.stderr);
        output.status = answer.status;
        Ok(output)
    }

    fn ended(&self, stem: &str, output: &Output) -> Result<(), HostError> {
        let mut said = output.stdout.clone();
        said.extend_from_slice(&output.stderr);
        self.keep(&self.file(stem, "out"), &said)?;
        self.keep(&self.file(stem, "rc"), format!("{}\n", output.status).as_bytes())
    }

    fn tail(&self, stem: &str) -> String {
        let out = self.file(stem, "out");
        let bytes = self.with(|f| f.read(&out)).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(20)..].join("\n")
    }
}

fn beside(path: &NodePath) -> Result<NodePath, HostError> {
    NodePath::new(format!("{path}.calha")).map_err(HostError::Invalid)
}

impl Inspect for MemoryHost {
    fn name(&self) -> &NodeName {
        &self.name
    }

    fn stat(&self, path: &NodePath) -> Result<Entry, HostError> {
        self.with(|f| f.stat(path))
    }

    fn read(&self, path: &NodePath) -> Result<Vec<u8>, HostError> {
        self.with(|f| f.read(path))
    }

    fn query(&self, command: &Command) -> Result<Output, HostError> {
        self.rack().lab.exec(&self.name, command, b"")
    }

    fn ask(&self, questions: &[Question]) -> Result<Answered, HostError> {
        self.reached()?;
        Ok(questions.iter().map(|question| self.answer(question)).collect())
    }
}

impl Host for MemoryHost {
    fn apply(&self, due: &Due) -> Result<Applied, HostError> {
        let Due { id, op, .. } = due;
        let stem = id.file_stem();
        self.wait(id, 0)?;
        let withheld = || {
            let lacking = self.lacks(&due.share)?;
            Ok(lacking.map(|point| Applied::Withheld { unmounted: point.to_string() }))
        };

        if due.looks_there()
            && let Some(withheld) = withheld()?
        {
            return Ok(withheld);
        }

        self.clean(op)?;

        // As on a node: what was seen before an earlier attempt ended is of no interest.
        let attempted = self.stat(&self.file(&stem, "pid"))?.exists();
        let is_known_absent = due.seen && op.is_command() && !attempted;
        let reality = if is_known_absent { Reality::Absent } else { op.reality(self)? };
        match reality {
            Reality::Present => return Ok(Applied::Already),
            Reality::Differs { found } => return Ok(Applied::Differs { found }),
            Reality::Absent => {}
        }

        if let Some(withheld) = withheld()? {
            return Ok(withheld);
        }

        if let Op::Edit { path, .. } = op {
            let bytes = self.read(path)?;
            self.keep(&self.file(&stem, "before"), &bytes)?;
        }

        self.keep(
            &self.file(&stem, "intent"),
            format!("{}\n", crate::op::intent::line(id, op)).as_bytes(),
        )?;
        self.point("intent on the node");
        let status = match self.effect(id, op) {
            Ok(status) => status,
            Err(HostError::Io { path, why }) => {
                // What was prepared beside the real file and did not get there is of no use to
                // anybody.
                self.clean(op)?;
                return Ok(Applied::Failed { status: Some(1), tail: format!("{path}: {why}") });
            }
            Err(other) => return Err(other),
        };

        self.point("effect");
        match (op.reality(self)?, op) {
            (Reality::Present, _) => Ok(Applied::Done),
            // What is there besides is somebody else's once ours has just been removed.
            (Reality::Differs { .. }, Op::Edit { changes, .. })
                if changes.iter().all(crate::op::Change::removes) =>
            {
                Ok(Applied::Done)
            }
            (Reality::Absent, _) => {
                Ok(Applied::Failed { status: Some(status), tail: self.tail(&stem) })
            }
            (Reality::Differs { found }, _) => Ok(Applied::Failed {
                status: Some(status),
                tail: format!("{found}\n{}", self.tail(&stem)),
            }),
        }
    }

    fn wait(&self, id: &OpId, _: u64) -> Result<(), HostError> {
        let stem = id.file_stem();
        let mine = |r: &Running| r.host == self.name && r.stem == stem;
        let Some(running) = self.rack().running.iter().find(|r| mine(r)).cloned() else {
            return Ok(());
        };
        let output = {
            let mut rack = self.rack();
            rack.running.retain(|r| !mine(r));
            match rack.lab.let_hung_finish().pop() {
                Some(output) => output,
                None => rack.lab.exec(&self.name, &running.command, b"")?,
            }
        };
        let output = self.with_answer(output, &running)?;
        self.ended(&stem, &output)
    }

    fn take(&self, holder: &str) -> Result<Option<String>, HostError> {
        let lock = self.record.join("lock");
        let file = lock.join("holder");
        let line = format!("{holder}\n");
        let root = self.root();
        self.with(|f| {
            let mut at = vec![self.record.clone()];
            while let Some(parent) =
                at.last().and_then(NodePath::parent).filter(|p| p.as_str() != "/")
            {
                at.push(parent);
            }

            for directory in at.iter().rev() {
                if !f.stat(directory)?.exists() {
                    f.mkdir(
                        directory,
                        Mode(if *directory == self.record { 0o700 } else { 0o755 }),
                        root,
                    )?;
                }
            }

            if f.stat(&lock)?.exists() {
                let other = f.read(&file).unwrap_or_default();
                let other = String::from_utf8_lossy(&other).trim_end().to_owned();
                return Ok((other != holder).then_some(other));
            }

            f.mkdir(&lock, Mode(0o700), root)?;
            f.write(&file, line.as_bytes(), PRIVATE, root)?;
            f.write(&self.record.join("by"), line.as_bytes(), PRIVATE, root)?;
            Ok(None)
        })
    }

    fn release(&self, holder: &str) -> Result<(), HostError> {
        let lock = self.record.join("lock");
        let held = self.read(&lock.join("holder")).unwrap_or_default();
        if String::from_utf8_lossy(&held).trim_end() != holder {
            return Ok(());
        }
        self.with(|f| remove_all(f, &lock))
    }

    fn remove_record(&self) -> Result<(), HostError> {
        self.with(|f| {
            remove_all(f, &self.record)?;
            let mut at = self.record.parent();
            while let Some(directory) = at.filter(|d| d.as_str().starts_with("/var/opt/calha")) {
                if f.stat(&directory)?.exists() && f.list(&directory)?.is_empty() {
                    f.rmdir(&directory)?;
                }
                at = directory.parent();
            }
            Ok(())
        })
    }
}

fn remove_all(files: &mut dyn Files, path: &NodePath) -> Result<(), HostError> {
    match files.stat(path)? {
        Entry::Missing => Ok(()),
        Entry::Directory { .. } => {
            for name in files.list(path)? {
                remove_all(files, &path.join(&name))?;
            }
            files.rmdir(path)
        }
        _ => files.remove(path),
    }
}
