//! Collects the questions of code that looks, and asks them together, a round trip for each round.
//! What the code concludes is what it would conclude on the host itself, in fewer round trips. Only
//! looking may run here: whoever changes something runs once, on the host.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::node::{
    Answer, Command, Entry, HostError, Inspect, NodeName, NodePath, Output, Question,
};

/// A host whose questions are collected and asked together.
///
/// Whoever asks something new gets an answer that stands in for the real one (nothing there,
/// nothing printed, or what is expected); what is concluded from it is thrown away, the collected
/// questions are asked, and the same code runs again with what is known by then. It ends when a run
/// asks nothing new. Code that only looks comes to the same conclusion as on the host itself, in as
/// many round trips as its longest chain of questions that depend on one another.
pub struct Rounds<'a> {
    inner: &'a dyn Inspect,
    asked: Mutex<Asked>,
}

/// Answers of a host by their questions.
pub type Answers = BTreeMap<Question, Result<Answer, HostError>>;

#[derive(Default)]
struct Asked {
    known: Answers,
    open: Vec<Question>,
    /// What stands in for answers that are not known: what is expected, where something is.
    expected: Answers,
}

impl<'a> Rounds<'a> {
    /// Nothing asked yet.
    pub fn new(inner: &'a dyn Inspect) -> Self {
        Self::knowing(inner, BTreeMap::new())
    }

    /// With answers that the host has given just now.
    pub fn knowing(inner: &'a dyn Inspect, known: Answers) -> Self {
        Self { inner, asked: Mutex::new(Asked { known, ..Asked::default() }) }
    }

    /// From now on this stands in for the answer until there is one.
    pub fn expect(&self, question: Question, answer: Answer) {
        self.asked().expected.insert(question, Ok(answer));
    }

    /// Every answer so far.
    pub fn into_known(self) -> Answers {
        self.asked.into_inner().unwrap_or_else(PoisonError::into_inner).known
    }

    /// What would have to be asked.
    pub fn into_open(self) -> Vec<Question> {
        self.asked.into_inner().unwrap_or_else(PoisonError::into_inner).open
    }

    fn asked(&self) -> MutexGuard<'_, Asked> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether there is something to ask.
    pub fn has_questions(&self) -> bool {
        !self.asked().open.is_empty()
    }

    /// Asks what was collected. False when there was nothing to ask: then what was concluded is
    /// final.
    ///
    /// # Errors
    /// A line that is lost.
    pub fn ask(&self) -> Result<bool, HostError> {
        let open = std::mem::take(&mut self.asked().open);
        if open.is_empty() {
            return Ok(false);
        }
        let answers = self.inner.ask(&open)?;
        self.asked().known.extend(open.into_iter().zip(answers));
        Ok(true)
    }

    fn answer(&self, question: Question) -> Option<Result<Answer, HostError>> {
        let mut asked = self.asked();
        if let Some(answer) = asked.known.get(&question) {
            return Some(answer.clone());
        }
        let expected = asked.expected.get(&question).cloned();
        if !asked.open.contains(&question) {
            asked.open.push(question);
        }
        expected
    }
}

impl Inspect for Rounds<'_> {
    fn name(&self) -> &NodeName {
        self.inner.name()
    }

    fn stat(&self, path: &NodePath) -> Result<Entry, HostError> {
        match self.answer(Question::Stat(path.clone())).transpose()? {
            Some(Answer::Stat(entry)) => Ok(entry),
            _ => Ok(Entry::Missing),
        }
    }

    fn read(&self, path: &NodePath) -> Result<Vec<u8>, HostError> {
        match self.answer(Question::Read(path.clone())).transpose()? {
            Some(Answer::Read(bytes)) => Ok(bytes),
            _ => Err(HostError::Io { path: path.to_string(), why: "not asked yet".into() }),
        }
    }

    fn query(&self, command: &Command) -> Result<Output, HostError> {
        match self.answer(Question::Query(command.clone())).transpose()? {
            Some(Answer::Query(output)) => Ok(output),
            _ => Ok(Output { status: 1, ..Output::default() }),
        }
    }

    fn mounted(&self, path: &NodePath) -> Result<bool, HostError> {
        match self.answer(Question::Mounted(path.clone())).transpose()? {
            Some(Answer::Mounted(mounted)) => Ok(mounted),
            _ => Ok(false),
        }
    }

    fn exists(&self, path: &NodePath) -> Result<bool, HostError> {
        match self.answer(Question::Exists(path.clone())).transpose()? {
            Some(Answer::Exists(exists)) => Ok(exists),
            _ => Ok(false),
        }
    }

    fn link(&self, path: &NodePath) -> Result<Option<String>, HostError> {
        match self.answer(Question::Link(path.clone())).transpose()? {
            Some(Answer::Link(target)) => Ok(target),
            _ => Ok(None),
        }
    }
}
