//! Collects the questions of code that looks, and asks them together, a round trip for each round.
//! What the code concludes is what it would conclude on the hosts themselves, in fewer round trips.
//! Only looking may run here: whoever changes something runs once, on the host.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::on_each::on_each;
use crate::node::{
    Answer, Command, Entry, HostError, Inspect, NodeName, NodePath, Output, Question,
};
use crate::op::Check;
use crate::step::Views;

/// Answers of a host by their questions.
pub type Answers = BTreeMap<Question, Result<Answer, HostError>>;

/// Hosts by their names, each with its questions.
type Collectors<'a> = BTreeMap<NodeName, Collector<'a>>;

/// How code that looks ahead says what it expects to hold on a node.
pub(super) type Expect<'e> = &'e dyn Fn(&NodeName, &Check);

/// Runs code that only looks until it asks nothing new; each round is one round trip to every host,
/// all at the same time.
///
/// # Errors
/// A host that is lost.
pub fn look_at_all<T>(
    hosts: &Views<'_>,
    look: impl FnMut(&Views<'_>) -> T,
) -> Result<T, (NodeName, HostError)> {
    in_rounds(hosts, BTreeMap::new(), look).map(|(seen, _)| seen)
}

/// The same with what is known of each host before, and after.
pub(super) fn in_rounds<T>(
    hosts: &Views<'_>,
    known: BTreeMap<NodeName, Answers>,
    look: impl FnMut(&Views<'_>) -> T,
) -> Result<(T, BTreeMap<NodeName, Answers>), (NodeName, HostError)> {
    in_rounds_expecting(hosts, known, &[], look)
}

/// The same where something is expected to hold: it stands in for what is not known yet, so that
/// what follows from it is asked in the same round trip.
pub(super) fn in_rounds_expecting<T>(
    hosts: &Views<'_>,
    mut known: BTreeMap<NodeName, Answers>,
    expected: &[(NodeName, Check)],
    mut look: impl FnMut(&Views<'_>) -> T,
) -> Result<(T, BTreeMap<NodeName, Answers>), (NodeName, HostError)> {
    let mut collectors: Collectors<'_> = BTreeMap::new();
    for (name, host) in hosts {
        let known = known.remove(name).unwrap_or_default();
        collectors.insert(name.clone(), Collector::knowing(*host, known));
    }
    expected.iter().for_each(|(node, check)| expect(&collectors, node, check));

    loop {
        let seen = look(&asking(&collectors));

        let waiting: Vec<_> = collectors.iter().filter(|(_, host)| host.has_questions()).collect();
        if waiting.is_empty() {
            let said = collectors.into_iter().map(|(name, host)| (name, host.into_known()));
            return Ok((seen, said.collect()));
        }

        let is_waited_for = hosts.values().any(|host| host.is_far());
        let asked = on_each(&waiting, is_waited_for, |(_, host)| host.ask());
        for ((name, _), result) in waiting.into_iter().zip(asked) {
            let died = || Err(HostError::Invalid("a thread ended".into()));
            result.unwrap_or_else(died).map_err(|error| (name.clone(), error))?;
        }
    }
}

/// What code that only looks would ask of each host if nothing were known. It may say what it
/// expects to hold on a node: what a command says of the cluster, every member says.
pub(super) fn questions(
    hosts: &Views<'_>,
    look: impl FnOnce(&Views<'_>, Expect<'_>),
) -> BTreeMap<NodeName, Vec<Question>> {
    let collectors: Collectors<'_> = hosts
        .iter()
        .map(|(name, host)| (name.clone(), Collector::knowing(*host, Answers::new())))
        .collect();

    look(&asking(&collectors), &|node, check| expect(&collectors, node, check));
    collectors.into_iter().map(|(name, host)| (name, host.into_open())).collect()
}

/// From now on the check is expected to hold on a node; what it asks of the cluster, on each.
fn expect(collectors: &Collectors<'_>, node: &NodeName, check: &Check) {
    for (question, answer) in check.expected() {
        for (_, host) in collectors
            .iter()
            .filter(|(name, _)| *name == node || matches!(question, Question::Query(_)))
        {
            host.expect(question.clone(), answer.clone());
        }
    }
}

fn asking<'c>(collectors: &'c Collectors<'_>) -> Views<'c> {
    collectors.iter().map(|(name, host)| (name.clone(), host as &dyn Inspect)).collect()
}

/// A host whose questions are collected and asked together.
///
/// Whoever asks something new gets an answer that stands in for the real one (nothing there,
/// nothing printed, or what is expected); what is concluded from it is thrown away, the collected
/// questions are asked, and the same code runs again with what is known by then. It ends when a run
/// asks nothing new. Code that only looks comes to the same conclusion as on the host itself, in as
/// many round trips as its longest chain of questions that depend on one another.
struct Collector<'a> {
    inner: &'a dyn Inspect,
    asked: Mutex<Asked>,
}

#[derive(Default)]
struct Asked {
    known: Answers,
    open: Vec<Question>,
    /// What stands in for answers that are not known: what is expected, where something is.
    expected: Answers,
}

impl<'a> Collector<'a> {
    /// With answers that the host has given just now.
    fn knowing(inner: &'a dyn Inspect, known: Answers) -> Self {
        Self { inner, asked: Mutex::new(Asked { known, ..Asked::default() }) }
    }

    /// From now on this stands in for the answer until there is one.
    fn expect(&self, question: Question, answer: Answer) {
        self.asked().expected.insert(question, Ok(answer));
    }

    /// Every answer so far.
    fn into_known(self) -> Answers {
        self.asked.into_inner().unwrap_or_else(PoisonError::into_inner).known
    }

    /// What would have to be asked.
    fn into_open(self) -> Vec<Question> {
        self.asked.into_inner().unwrap_or_else(PoisonError::into_inner).open
    }

    fn asked(&self) -> MutexGuard<'_, Asked> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether there is something to ask.
    fn has_questions(&self) -> bool {
        !self.asked().open.is_empty()
    }

    /// Asks what was collected.
    fn ask(&self) -> Result<(), HostError> {
        let open = std::mem::take(&mut self.asked().open);
        let answers = self.inner.ask(&open)?;
        self.asked().known.extend(open.into_iter().zip(answers));
        Ok(())
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

impl Inspect for Collector<'_> {
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
