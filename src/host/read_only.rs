//! A host that answers every question and refuses every change: `verify` is the engine on such
//! hosts. It also refuses locks and the removal of the record, so nothing on the node moves. It
//! decides nothing else and passes all questions on.

use super::{Applied, Due, Host};
use crate::node::{
    Answer, Command, Entry, HostError, Inspect, NodeName, NodePath, Output, Question,
};
use crate::op::OpId;

/// A host that is looked at and never changed.
pub struct ReadOnly<'a> {
    inner: &'a dyn Host,
}

impl<'a> ReadOnly<'a> {
    /// The same host, refusing every change.
    pub fn new(inner: &'a dyn Host) -> Self {
        Self { inner }
    }

    fn refused<T>() -> Result<T, HostError> {
        Err(HostError::Invalid("this run only looks".into()))
    }
}

impl Inspect for ReadOnly<'_> {
    fn name(&self) -> &NodeName {
        self.inner.name()
    }

    fn stat(&self, path: &NodePath) -> Result<Entry, HostError> {
        self.inner.stat(path)
    }

    fn read(&self, path: &NodePath) -> Result<Vec<u8>, HostError> {
        self.inner.read(path)
    }

    fn query(&self, command: &Command) -> Result<Output, HostError> {
        self.inner.query(command)
    }

    fn mounted(&self, path: &NodePath) -> Result<bool, HostError> {
        self.inner.mounted(path)
    }

    fn exists(&self, path: &NodePath) -> Result<bool, HostError> {
        self.inner.exists(path)
    }

    fn link(&self, path: &NodePath) -> Result<Option<String>, HostError> {
        self.inner.link(path)
    }

    fn is_far(&self) -> bool {
        self.inner.is_far()
    }

    fn ask(&self, questions: &[Question]) -> Result<Vec<Result<Answer, HostError>>, HostError> {
        self.inner.ask(questions)
    }
}

impl Host for ReadOnly<'_> {
    fn wait(&self, id: &OpId, within: u64) -> Result<(), HostError> {
        self.inner.wait(id, within)
    }

    fn apply(&self, _: &Due) -> Result<Applied, HostError> {
        Self::refused()
    }

    fn take(&self, _: &str) -> Result<Option<String>, HostError> {
        Self::refused()
    }

    fn release(&self, _: &str) -> Result<(), HostError> {
        Self::refused()
    }

    fn remove_record(&self) -> Result<(), HostError> {
        Self::refused()
    }
}
