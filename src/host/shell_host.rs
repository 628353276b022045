//! A node as a host: operations and questions become shell text, go through a session, and come
//! back as outcomes and answers. It connects anew after a lost line but repeats nothing by itself:
//! whether a request can run again is for the engine. Operations are sent by `shell_work`; the text
//! of a question is from `asking`.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::asking::{self, refused};
use super::delivery::Delivery;
use super::frame::LONGEST;
use super::token::token;
use super::watcher::Watcher;
use super::{Connector, Session};
use crate::node::{
    Answer, Answered, Command, Entry, HostError, Inspect, NodeName, NodePath, Output, Question,
};
use crate::op::quote;
use crate::op::shell::PRELUDE;

/// An operation that fails ends with its request, not with the session.
const HALT: &str = "calha_stop() { calha_halted=$1; }\n";

/// Seconds for everything but commands and questions: files, locks.
pub(super) const SHORT: u64 = 60;
/// Seconds for what is asked while something is done elsewhere.
const SOON: u64 = 10;

/// A node worked on through its Bourne shell: nothing but that and the base commands of Solaris 8
/// is needed there.
///
/// Nothing is cached. When the line was lost or a request took too long, the call that met it says
/// so; the next one connects anew.
#[derive(Debug)]
pub struct ShellHost {
    pub(super) connector: Connector,
    pub(super) record: NodePath,
    query: u64,
    pub(super) session: Mutex<Option<Session>>,
    /// The line of the run that took the lock here.
    holder: Mutex<Option<String>>,
    pub(super) watcher: Option<Watcher>,
}

/// How an output is read as an answer.
type Judge = fn(&Question, Output) -> Result<Answer, HostError>;

impl ShellHost {
    /// Connects; `record` is calha's directory on the node.
    ///
    /// # Errors
    /// As [`Session::start`].
    pub fn connect(connector: Connector, record: &NodePath) -> Result<Self, HostError> {
        Self::connect_within(connector, record, SHORT)
    }

    /// The same with the seconds that a connection and a query may take.
    ///
    /// # Errors
    /// As [`Session::start`].
    pub fn connect_within(
        connector: Connector,
        record: &NodePath,
        query: u64,
    ) -> Result<Self, HostError> {
        let (session, holder) = (Mutex::new(None), Mutex::new(None));
        let host =
            Self { connector, record: record.clone(), query, session, holder, watcher: None };
        let session = host.open()?;
        *host.session.lock().unwrap_or_else(PoisonError::into_inner) = Some(session);
        Ok(host)
    }

    /// Seconds a query may take; 60 unless told.
    #[must_use]
    pub fn query_within(mut self, seconds: u64) -> Self {
        self.query = seconds;
        self
    }

    /// Has somebody told what long commands print while they run.
    pub fn watched_by(&mut self, watcher: Watcher) {
        self.watcher = Some(watcher);
    }

    fn open(&self) -> Result<Session, HostError> {
        let within = Duration::from_secs(self.query);
        let started = Session::start_with(&self.connector, &(self.prelude() + HALT), within);
        started.map_err(|error| self.connector.explained(error))
    }

    pub(super) fn prelude(&self) -> String {
        format!("CALHA_RECORD={}\n{PRELUDE}", quote(self.record.as_str()))
    }

    /// Whose lock an operation wants to find before it begins.
    pub(super) fn wanted_holder(&self) -> String {
        let holder = self.holder.lock().unwrap_or_else(PoisonError::into_inner);
        format!("calha_by={}\n", holder.as_deref().map(quote).unwrap_or_default())
    }

    pub(super) fn held_by(&self, holder: Option<&str>) {
        *self.holder.lock().unwrap_or_else(PoisonError::into_inner) = holder.map(str::to_owned);
    }

    /// Runs a line of the shell that changes nothing and prints little: of more, so much counts.
    ///
    /// # Errors
    /// As every question to a node.
    pub(super) fn shell(&self, line: &str) -> Result<Output, HostError> {
        let output = self.send_for(line, self.query, Delivery::Kept, asking::SAID);
        let mut output = output.map_err(|late| self.silent(1, late))?;
        output.stdout.truncate(asking::SAID);
        Ok(output)
    }

    /// Waits for an answer with nothing in it.
    ///
    /// # Errors
    /// As every question to a node.
    pub(super) fn trip(&self) -> Result<(), HostError> {
        self.send(":", self.query, Delivery::Inside).map(drop).map_err(|late| self.silent(1, late))
    }

    pub(super) fn send(
        &self,
        script: &str,
        within: u64,
        delivery: Delivery,
    ) -> Result<Output, HostError> {
        self.send_for(script, within, delivery, LONGEST)
    }

    /// The same where at most so many bytes of either output are wanted.
    fn send_for(
        &self,
        script: &str,
        within: u64,
        delivery: Delivery,
        most: usize,
    ) -> Result<Output, HostError> {
        let mut place = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        let session = match place.take().filter(Session::is_usable) {
            Some(session) => session,
            None => self.open()?,
        };
        place.insert(session).deliver(script, Duration::from_secs(within), delivery, most)
    }

    /// Ends the session without waiting for its end; the next request connects anew.
    pub fn hang_up(&self) {
        if let Some(session) = self.session.lock().unwrap_or_else(PoisonError::into_inner).as_mut()
        {
            session.hang_up();
        }
    }

    /// Runs a script and, when it has ended well, asks something in the same request. Answers only
    /// then.
    pub(super) fn send_then_ask(
        &self,
        script: &str,
        questions: &[Question],
        within: u64,
        delivery: Delivery,
    ) -> Result<(Output, Answered), HostError> {
        let delivery = delivery.or_kept(questions.len());

        if questions.is_empty() {
            return Ok((self.send(script, within, delivery)?, Vec::new()));
        }

        let token = token();
        let within = within + self.query + questions.len() as u64;
        let output = self.send(&asking::behind(script, questions, &token), within, delivery)?;

        // Who answers too much is asked again, by itself.
        let answered = match asking::flood(&output, questions.len()) {
            Some(_) => None,
            None => asking::apart(&output, &token, questions.len() + 1),
        };
        Ok(match answered {
            Some(mut outputs) => {
                // What was complained of is the operations'.
                let first = Output { stderr: output.stderr, ..outputs.remove(0) };
                let answers = questions
                    .iter()
                    .zip(outputs)
                    .map(|(question, output)| asking::judge_look(question, output));
                (first, answers.collect())
            }
            None => (output, Vec::new()),
        })
    }

    /// A question has no outcome to wait for: a node that does not answer one in time counts as
    /// unreachable.
    fn silent(&self, questions: usize, error: HostError) -> HostError {
        let HostError::TimedOut(seconds) = error else { return error };
        let why = match questions {
            0 | 1 => format!("no answer to a question within {seconds} seconds (limit.query)"),
            all => format!(
                "no answer to {all} questions within {seconds} seconds (limit.query, and a second \
                 for each)"
            ),
        };
        HostError::Unreachable { node: self.connector.node.0.clone(), why }
    }

    fn ask_within(&self, questions: &[Question], within: u64) -> Result<Answered, HostError> {
        if let [question] = questions {
            return match self.one(question, within, asking::judge_look, asking::MOST) {
                Err(
                    lost @ (HostError::Lost { .. }
                    | HostError::Unreachable { .. }
                    | HostError::TimedOut(_)),
                ) => Err(lost),
                other => Ok(vec![other]),
            };
        }

        let token = token();
        let output = self.send_for(
            &asking::together(questions, &token),
            within,
            Delivery::Inside.or_kept(questions.len()),
            asking::MOST,
        );
        let output = output.map_err(|late| self.silent(questions.len(), late))?;

        let lost = |why: String| HostError::Lost { node: self.connector.node.0.clone(), why };
        let all = questions.len();
        if let Some(why) = asking::flood(&output, all) {
            return Err(lost(why));
        }
        let outputs = asking::apart(&output, &token, all)
            .ok_or_else(|| lost(format!("it did not answer all of {all} questions")))?;

        Ok(questions
            .iter()
            .zip(outputs)
            .map(|(question, output)| self.judge(question, output, asking::judge_look))
            .collect())
    }

    /// What an output says; of one that says nothing, whether the line is noisy.
    fn judge(
        &self,
        question: &Question,
        output: Output,
        judge: Judge,
    ) -> Result<Answer, HostError> {
        judge(question, output).map_err(|error| {
            let place = self.session.lock().unwrap_or_else(PoisonError::into_inner);
            let noise = place.as_ref().and_then(Session::noise);
            match (error, noise) {
                (HostError::Io { path, why }, Some(noise)) => {
                    HostError::Io { path, why: format!("{}; {noise}", why.trim_end()) }
                }
                (error, _) => error,
            }
        })
    }

    fn one(
        &self,
        question: &Question,
        within: u64,
        judge: Judge,
        most: usize,
    ) -> Result<Answer, HostError> {
        let script = asking::script(question);
        let output = self.send_for(&script, within, Delivery::Inside, most);
        let output = output.map_err(|late| self.silent(1, late))?;
        self.judge(question, output, judge)
    }

    /// The same with its whole answer.
    fn whole(&self, question: &Question) -> Result<Answer, HostError> {
        self.one(question, self.query, asking::judge, LONGEST)
    }

    /// Asks for something that is expected to work.
    pub(super) fn demand(&self, script: &str, path: &NodePath) -> Result<Vec<u8>, HostError> {
        let output = self.send(script, SHORT, Delivery::Straight)?;
        if output.success() { Ok(output.stdout) } else { Err(refused(path.as_str(), &output)) }
    }
}

impl Inspect for ShellHost {
    fn name(&self) -> &NodeName {
        &self.connector.node
    }

    fn stat(&self, path: &NodePath) -> Result<Entry, HostError> {
        match self.whole(&Question::Stat(path.clone()))? {
            Answer::Stat(entry) => Ok(entry),
            _ => Err(HostError::NotAsked),
        }
    }

    fn read(&self, path: &NodePath) -> Result<Vec<u8>, HostError> {
        match self.whole(&Question::Read(path.clone()))? {
            Answer::Read(bytes) => Ok(bytes),
            _ => Err(HostError::NotAsked),
        }
    }

    fn query(&self, command: &Command) -> Result<Output, HostError> {
        match self.whole(&Question::Query(command.clone()))? {
            Answer::Query(output) => Ok(output),
            _ => Err(HostError::NotAsked),
        }
    }

    fn mounted(&self, path: &NodePath) -> Result<bool, HostError> {
        Ok(self.whole(&Question::Mounted(path.clone()))? == Answer::Mounted(true))
    }

    fn exists(&self, path: &NodePath) -> Result<bool, HostError> {
        Ok(self.whole(&Question::Exists(path.clone()))? == Answer::Exists(true))
    }

    fn link(&self, path: &NodePath) -> Result<Option<String>, HostError> {
        match self.whole(&Question::Link(path.clone()))? {
            Answer::Link(target) => Ok(target),
            _ => Err(HostError::NotAsked),
        }
    }

    fn is_far(&self) -> bool {
        true
    }

    fn ask(&self, questions: &[Question]) -> Result<Answered, HostError> {
        // Questions are quick; one of them that hangs is what the limit is for.
        self.ask_within(questions, self.query + questions.len() as u64)
    }

    fn ask_soon(&self, questions: &[Question]) -> Result<Answered, HostError> {
        let connected = self
            .session
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .as_ref()
            .is_some_and(Session::is_usable);
        if connected { self.ask_within(questions, SOON) } else { Err(HostError::NotAsked) }
    }
}
