//! What goes to a node in memory goes there as it does over a line: operations and questions in
//! requests, answers kept until the next effect. So the matrices of this program try both.

use std::sync::{Arc, Mutex};

use calha::engine::Engine;
use calha::guide::Guide;
use calha::host::{Applied, Due, Host, Hosts, Sent, Taken};
use calha::journal::{Journal, MemoryStore};
use calha::lab::MemoryHost;
use calha::node::{
    Answered, Command, Entry, HostError, Inspect, NodeName, NodePath, Output, Question,
};
use calha::op::OpId;

use super::bench::{Hands, Start, install, options, resolved};

/// What one request carried.
#[derive(Clone, Debug, PartialEq)]
struct Request {
    node: NodeName,
    operations: Vec<String>,
    questions: Vec<Question>,
}

/// A node whose requests are noted.
struct Noted<'h> {
    inner: &'h MemoryHost,
    requests: &'h Mutex<Vec<Request>>,
}

impl Noted<'_> {
    fn note(&self, ops: &[Due], questions: &[Question]) {
        let request = Request {
            node: self.inner.name().clone(),
            operations: ops.iter().map(|due| due.id.to_string()).collect(),
            questions: questions.to_vec(),
        };
        self.requests.lock().unwrap().push(request);
    }
}

impl Inspect for Noted<'_> {
    fn name(&self) -> &NodeName {
        self.inner.name()
    }

    fn stat(&self, path: &NodePath) -> Result<Entry, HostError> {
        self.note(&[], &[Question::Stat(path.clone())]);
        self.inner.stat(path)
    }

    fn read(&self, path: &NodePath) -> Result<Vec<u8>, HostError> {
        self.note(&[], &[Question::Read(path.clone())]);
        self.inner.read(path)
    }

    fn query(&self, command: &Command) -> Result<Output, HostError> {
        self.note(&[], &[Question::Query(command.clone())]);
        self.inner.query(command)
    }

    fn ask(&self, questions: &[Question]) -> Result<Answered, HostError> {
        self.note(&[], questions);
        self.inner.ask(questions)
    }
}

impl Host for Noted<'_> {
    fn apply(&self, due: &Due) -> Result<Applied, HostError> {
        self.note(std::slice::from_ref(due), &[]);
        self.inner.apply(due)
    }

    fn apply_all_then_ask(&self, ops: &[Due], questions: &[Question]) -> Sent {
        self.note(ops, questions);
        self.inner.apply_all_then_ask(ops, questions)
    }

    fn wait(&self, id: &OpId, within: u64) -> Result<(), HostError> {
        self.inner.wait(id, within)
    }

    fn take(&self, holder: &str) -> Result<Option<String>, HostError> {
        self.inner.take(holder)
    }

    fn take_then_ask(&self, holder: &str, questions: &[Question]) -> Result<Taken, HostError> {
        self.note(&[], questions);
        self.inner.take_then_ask(holder, questions)
    }

    fn release(&self, holder: &str) -> Result<(), HostError> {
        self.inner.release(holder)
    }

    fn remove_record(&self) -> Result<(), HostError> {
        self.inner.remove_record()
    }
}

/// Every request of an installation, and the journal it leaves.
fn installed() -> (Vec<Request>, Vec<u8>) {
    let resolved = resolved(&[]);
    let guide = Guide::of(&resolved, "cal").unwrap();
    let (rack, hosts) = Start::fresh(&resolved).rack.hosts(&guide.record, None);
    let requests = Mutex::new(Vec::new());

    let noted: Vec<Noted<'_>> =
        hosts.iter().map(|inner| Noted { inner, requests: &requests }).collect();
    let hosts: Hosts<'_> = noted
        .iter()
        .filter(|host| guide.hosts.contains(host.name()))
        .map(|host| (host.name().clone(), host as &dyn Host))
        .collect();

    let store = MemoryStore::holding(Vec::new(), Vec::new());
    let mut journal = Journal::open(Box::new(store.clone()), || "now".into()).unwrap();
    let mut prompt = Hands { rack: Arc::clone(&rack), work: true };
    let mut events = Vec::new();
    let options = options();
    let mut engine = Engine::new(&guide, hosts, &mut journal, &mut events, &mut prompt, &options);
    install(&mut engine).unwrap();

    drop(journal);
    (requests.into_inner().unwrap(), store.contents().open)
}

#[test]
fn operations_and_questions_travel_together_in_memory_too() {
    let (requests, _) = installed();

    let most = requests.iter().map(|request| request.operations.len()).max();
    assert!(most >= Some(3), "{most:?} operations at most in one request");

    let is_both = |r: &&Request| !r.operations.is_empty() && !r.questions.is_empty();
    let both = requests.iter().filter(is_both).count();
    assert!(both > 5, "{both} requests carry operations and questions");

    let questions: usize = requests.iter().map(|request| request.questions.len()).sum();
    assert!(questions > 3 * requests.len(), "{questions} questions, {} requests", requests.len());
}

#[test]
fn between_two_effects_no_node_is_asked_anything_twice() {
    let (requests, _) = installed();
    let begun = requests.iter().position(|request| !request.operations.is_empty()).unwrap();

    // Behind the first effect the cache is all that answers twice.
    let mut asked: Vec<(&NodeName, &Question)> = Vec::new();
    for request in &requests[begun..] {
        if !request.operations.is_empty() {
            asked.clear();
        }
        for question in &request.questions {
            assert!(!asked.contains(&(&request.node, question)), "{question:?} is asked twice");
            asked.push((&request.node, question));
        }
    }
}

#[test]
fn a_run_in_memory_is_the_same_each_time() {
    assert_eq!(installed(), installed());
}
