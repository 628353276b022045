//! Sends operations to their nodes, to all of them at the same time, with the questions that come
//! next behind them in the same request. Every outcome is told apart: what ended, what was not
//! begun, and what nobody knows. What the journal hears of it is left to `forward`.

use std::collections::BTreeMap;
use std::time::Instant;

use super::Fleet;
use super::ahead::Ahead;
use super::collect::Answers;
use super::on_each::on_each;
use crate::engine::Stop;
use crate::engine::stopped;
use crate::host::{Applied, Due, Host, Sent};
use crate::node::{HostError, NodeName, Question};
use crate::problem::{Problem, codes};

/// Operations that go out at once, in the order of doing, and what comes behind them.
pub struct Sending<'s> {
    pub due: Vec<Due>,
    pub ahead: Ahead<'s>,
}

/// What became of an operation that was sent.
#[derive(Debug)]
pub enum Fate {
    /// It ended, well or not.
    Ended(Applied),
    /// The line was lost during it, or it was left running.
    Lost(Stop),
    /// It stands behind one that was lost: nobody knows how far the node came.
    Unknown,
    /// It stands behind one that did not end well, and was not begun.
    NotBegun,
}

/// The operations of one node.
struct Request<'f> {
    host: Result<&'f dyn Host, Stop>,
    node: NodeName,
    due: Vec<Due>,
    questions: Vec<Question>,
}

/// What a node has said.
struct Response {
    outcomes: Vec<Result<Applied, Stop>>,
    said: Instant,
    answers: Answers,
}

impl<'a> Fleet<'a> {
    /// Carries operations out; what became of each, in the order of the operations.
    pub fn send(&self, sending: Sending<'_>) -> Vec<Fate> {
        self.cache.forget();
        let nodes: Vec<NodeName> = sending.due.iter().map(|due| due.id.node.clone()).collect();

        let mut responses: Vec<(NodeName, std::vec::IntoIter<Result<Applied, Stop>>)> = self
            .exchange(sending)
            .into_iter()
            .map(|(node, outcomes)| (node, outcomes.into_iter()))
            .collect();

        let mut lost: Vec<&NodeName> = Vec::new();
        let mut fates = Vec::new();
        for node in &nodes {
            let response = responses.iter_mut().find(|(name, _)| name == node);
            fates.push(match response.and_then(|(_, outcomes)| outcomes.next()) {
                Some(Ok(applied)) => Fate::Ended(applied),
                Some(Err(stop)) => {
                    lost.push(node);
                    Fate::Lost(stop)
                }
                None if lost.contains(&node) => Fate::Unknown,
                None => Fate::NotBegun,
            });
        }
        fates
    }

    /// Carries one operation out, with nothing behind it.
    ///
    /// # Errors
    /// A node that is not there or is lost, or an operation that was left running.
    pub fn send_one(&self, due: &Due) -> Result<Applied, Stop> {
        self.cache.forget();
        let host = self.host(&due.id.node)?;
        host.apply(due).map_err(|e| stopped(&due.id.step, &due.id.node, e))
    }

    /// The requests, and what each node said; what it answered is known from now on. In memory one
    /// node after the other, so that a run there is the same each time.
    fn exchange(&self, sending: Sending<'_>) -> Vec<(NodeName, Vec<Result<Applied, Stop>>)> {
        let foreseen = self.foreseen(&sending.ahead);
        let besides = self.meanwhile(&sending.due, &foreseen);
        let requests = self.requests(sending.due, foreseen);

        let is_waited_for =
            requests.iter().any(|of| of.host.as_ref().is_ok_and(|host| host.is_far()));
        let ask = |(host, questions): &(&dyn Host, Vec<Question>)| {
            (host.ask_soon(questions), Instant::now())
        };
        let (responses, asked) = match is_waited_for && !besides.is_empty() {
            false => (on_each(&requests, is_waited_for, Request::make), Vec::new()),
            true => std::thread::scope(|scope| {
                let asked = || on_each(&besides, true, ask);
                // Where the machine starts no more threads, nothing is asked besides.
                let asked = std::thread::Builder::new().spawn_scoped(scope, asked);
                let responses = on_each(&requests, true, Request::make);
                let asked = asked.ok().and_then(|asked| asked.join().ok());
                (responses, asked.unwrap_or_default())
            }),
        };

        // Who does not answer is asked again when it matters.
        for ((host, questions), answers) in besides.into_iter().zip(asked) {
            if let Some((Ok(answers), said)) = answers {
                let answers = questions.into_iter().zip(answers).collect();
                self.cache.learn(host.name(), Some(said), answers);
            }
        }

        let mut told = Vec::new();
        for (request, response) in requests.into_iter().zip(responses) {
            let response = response.unwrap_or_else(|| Response::died(&request.node));
            self.cache.learn(&request.node, Some(response.said), response.answers);
            let outcomes = match request.host {
                Ok(_) => response.outcomes,
                Err(stop) => vec![Err(stop)],
            };
            told.push((request.node, outcomes));
        }
        told
    }

    /// A request for each node, in the order in which the nodes first occur.
    fn requests(
        &self,
        due: Vec<Due>,
        mut foreseen: BTreeMap<NodeName, Vec<Question>>,
    ) -> Vec<Request<'a>> {
        let mut all: Vec<Request<'a>> = Vec::new();
        for due in due {
            let node = due.id.node.clone();
            match all.iter_mut().find(|request| request.node == node) {
                Some(request) => request.due.push(due),
                None => all.push(Request {
                    host: self.host(&node),
                    questions: foreseen.remove(&node).unwrap_or_default(),
                    due: vec![due],
                    node,
                }),
            }
        }
        all
    }
}

impl Request<'_> {
    fn make(&self) -> Response {
        let Ok(host) = &self.host else { return Response::died(&self.node) };
        let Sent { outcomes, answers } = host.apply_all_then_ask(&self.due, &self.questions);
        // Another node may take much longer, and the answers are as old as they are.
        let said = Instant::now();

        let stop = |at: usize, e: HostError| {
            let id = &self.due[at.min(self.due.len() - 1)].id;
            stopped(&id.step, &id.node, e)
        };
        let outcomes = outcomes.into_iter().enumerate();
        Response {
            outcomes: outcomes.map(|(at, outcome)| outcome.map_err(|e| stop(at, e))).collect(),
            said,
            answers: self.questions.iter().cloned().zip(answers).collect(),
        }
    }
}

impl Response {
    fn died(node: &NodeName) -> Self {
        let lost = Problem::new(codes::HOST_LOST, "its thread ended").on(node.as_str());
        let outcomes = vec![Err(Stop::Unreachable(lost))];
        Self { outcomes, said: Instant::now(), answers: Answers::new() }
    }
}
