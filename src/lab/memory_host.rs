//! A node of a lab in memory, as the engine's host: it decides as a real node's shell does whether
//! an operation is done, withheld or in the way. What an operation does is in `memory_effect`, what
//! a program on the node does is for `Memory`.

use std::sync::{Arc, Mutex};

use super::memory_effect::{clean, effect, finish};
use super::memory_node::{MemoryNode, PRIVATE};
use super::rack::{Rack, Watch};
use crate::host::{Applied, Due, Host, in_turn};
use crate::node::{
    Answered, Command, Entry, Files, HostError, Inspect, Mode, NodeName, NodePath, Output, Question,
};
use crate::op::{Change, Op, OpId, Reality};

/// A node of a lab in memory, as a host.
#[derive(Clone)]
pub struct MemoryHost(MemoryNode);

impl Rack {
    /// Hosts over one shared rack, one for each machine of the lab.
    pub fn hosts(
        self,
        record: &NodePath,
        watch: Option<Watch>,
    ) -> (Arc<Mutex<Self>>, Vec<MemoryHost>) {
        let names: Vec<NodeName> = self.lab.cluster().hosts.keys().cloned().collect();
        let rack = Arc::new(Mutex::new(self));
        let host = |name| {
            let rack = Arc::clone(&rack);
            MemoryHost(MemoryNode::new(name, record.clone(), rack, watch.clone()))
        };
        let hosts = names.into_iter().map(host).collect();
        (rack, hosts)
    }
}

impl MemoryHost {
    /// That nothing may be done while the share is not mounted on the node.
    fn withheld(&self, due: &Due) -> Result<Option<Applied>, HostError> {
        let lacking = self.lacks(&due.share)?;
        Ok(lacking.map(|point| Applied::Withheld { unmounted: point.to_string() }))
    }

    /// What stands there before anything is done.
    fn before(&self, due: &Due) -> Result<Reality, HostError> {
        // As on a node: what was seen before an earlier attempt ended is of no interest.
        let attempted = self.stat(&self.0.file(&due.id.file_stem(), "pid"))?.exists();
        let is_known_absent = due.seen && due.op.is_command() && !attempted;
        if is_known_absent { Ok(Reality::Absent) } else { due.op.reality(self) }
    }

    /// Keeps what is to be restored, then the intent.
    fn intend(&self, id: &OpId, op: &Op) -> Result<(), HostError> {
        let stem = id.file_stem();
        if let Op::Edit { path, .. } = op {
            let bytes = self.read(path)?;
            self.0.keep(&self.0.file(&stem, "before"), &bytes)?;
        }

        let line = format!("{}\n", crate::op::intent::line(id, op));
        self.0.keep(&self.0.file(&stem, "intent"), line.as_bytes())?;
        self.0.point("intent on the node");
        Ok(())
    }

    /// What became of it, by what stands there afterwards.
    fn outcome(&self, id: &OpId, op: &Op, status: i32) -> Result<Applied, HostError> {
        let failed = |tail| Ok(Applied::Failed { status: Some(status), tail });
        let tail = || self.0.tail(&id.file_stem());
        match (op.reality(self)?, op) {
            (Reality::Present, _) => Ok(Applied::Done),
            // What is there besides is somebody else's once ours has just been removed.
            (Reality::Differs { .. }, Op::Edit { changes, .. })
                if changes.iter().all(Change::removes) =>
            {
                Ok(Applied::Done)
            }
            (Reality::Absent, _) => failed(tail()),
            (Reality::Differs { found }, _) => failed(format!("{found}\n{}", tail())),
        }
    }
}

impl Inspect for MemoryHost {
    fn name(&self) -> &NodeName {
        &self.0.name
    }

    fn stat(&self, path: &NodePath) -> Result<Entry, HostError> {
        self.0.with(|f| f.stat(path))
    }

    fn read(&self, path: &NodePath) -> Result<Vec<u8>, HostError> {
        self.0.with(|f| f.read(path))
    }

    fn query(&self, command: &Command) -> Result<Output, HostError> {
        self.0.rack().lab.exec(&self.0.name, command, b"")
    }

    fn ask(&self, questions: &[Question]) -> Result<Answered, HostError> {
        self.0.reached()?;
        Ok(questions.iter().map(|question| self.answer(question)).collect())
    }
}

impl Host for MemoryHost {
    fn apply(&self, due: &Due) -> Result<Applied, HostError> {
        let Due { id, op, .. } = due;
        self.wait(id, 0)?;
        if due.looks_there()
            && let Some(withheld) = self.withheld(due)?
        {
            return Ok(withheld);
        }

        clean(&self.0, op)?;
        match self.before(due)? {
            Reality::Present => return Ok(Applied::Already),
            Reality::Differs { found } => return Ok(Applied::Differs { found }),
            Reality::Absent => {}
        }
        if let Some(withheld) = self.withheld(due)? {
            return Ok(withheld);
        }

        self.intend(id, op)?;
        let status = match effect(&self.0, id, op) {
            Ok(status) => status,
            Err(HostError::Io { path, why }) => {
                // What was prepared beside the real file and did not get there is of no use to
                // anybody.
                clean(&self.0, op)?;
                return Ok(Applied::Failed { status: Some(1), tail: format!("{path}: {why}") });
            }
            Err(other) => return Err(other),
        };

        self.0.point("effect");
        self.outcome(id, op, status)
    }

    fn apply_all(&self, ops: &[Due]) -> Vec<Result<Applied, HostError>> {
        match ops {
            // Whose program asks is alone with whoever sits at its terminal.
            [due] if matches!(due.op, Op::Run(_)) => vec![self.apply(due)],
            _ => in_turn(ops, &|due| self.apply(due)),
        }
    }

    fn wait(&self, id: &OpId, _: u64) -> Result<(), HostError> {
        finish(&self.0, id)
    }

    fn take(&self, holder: &str) -> Result<Option<String>, HostError> {
        let lock = self.0.record.join("lock");
        let file = lock.join("holder");
        let line = format!("{holder}\n");
        let root = self.0.root();
        self.0.with(|f| {
            let above = |path: &NodePath| path.parent().filter(|p| p.as_str() != "/");
            let mut at: Vec<NodePath> =
                std::iter::successors(Some(self.0.record.clone()), above).collect();
            while let Some(directory) = at.pop() {
                if !f.stat(&directory)?.exists() {
                    let mode = if directory == self.0.record { 0o700 } else { 0o755 };
                    f.mkdir(&directory, Mode(mode), root)?;
                }
            }

            if f.stat(&lock)?.exists() {
                let other = f.read(&file).unwrap_or_default();
                let other = String::from_utf8_lossy(&other).trim_end().to_owned();
                return Ok((other != holder).then_some(other));
            }

            f.mkdir(&lock, Mode(0o700), root)?;
            f.write(&file, line.as_bytes(), PRIVATE, root)?;
            f.write(&self.0.record.join("by"), line.as_bytes(), PRIVATE, root)?;
            Ok(None)
        })
    }

    fn release(&self, holder: &str) -> Result<(), HostError> {
        let lock = self.0.record.join("lock");
        let held = self.read(&lock.join("holder")).unwrap_or_default();
        if String::from_utf8_lossy(&held).trim_end() != holder {
            return Ok(());
        }
        self.0.with(|f| remove_all(f, &lock))
    }

    fn remove_record(&self) -> Result<(), HostError> {
        self.0.with(|f| {
            remove_all(f, &self.0.record)?;
            let mut at = self.0.record.parent();
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
