//! A node as a host: operations and questions become shell text, go through a session, and come
//! back as outcomes and answers. It connects anew after a lost line but repeats nothing by itself:
//! whether a request can run again is for the engine. The text of an operation is from `op::shell`,
//! that of a question from `asking`.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::asking::{self, refused};
use super::delivery::Delivery;
use super::outcome::{lost_lock, outcome};
use super::token::token;
use super::watcher::{Watcher, Watching};
use super::{Applied, AppliedAndAnswered, Connector, Due, Host, Session, TakenAndAnswered};
use crate::node::{
    Answer, Answered, Command, Entry, HostError, Inspect, NodeName, NodePath, Output, Question,
};
use crate::op::shell::{PRELUDE, printed};
use crate::op::{Op, OpId, Reality, Run, Stdin, quote};

/// An operation that fails ends with its request, not with the session.
const HALT: &str = "calha_stop() { calha_halted=$1; }\n";

/// Seconds for the connection and the prelude.
const CONNECT: u64 = 60;
/// Seconds for everything but commands: looking, files, locks.
const SHORT: u64 = 60;
/// Seconds for what is asked while something is done elsewhere.
const SOON: u64 = 10;
/// Seconds that a command's operation may take longer than its own limit, for what is looked at
/// before and after.
const SLACK: u64 = 15;

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
    session: Mutex<Option<Session>>,
    /// The line of the run that took the lock here.
    holder: Mutex<Option<String>>,
    watcher: Option<Watcher>,
}

impl ShellHost {
    /// Connects; `record` is calha's directory on the node.
    ///
    /// # Errors
    /// As [`Session::start`].
    pub fn connect(connector: Connector, record: &NodePath) -> Result<Self, HostError> {
        let (session, holder) = (Mutex::new(None), Mutex::new(None));
        let host = Self {
            connector,
            record: record.clone(),
            query: SHORT,
            session,
            holder,
            watcher: None,
        };
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
        Session::start_with(&self.connector, &(self.prelude() + HALT), Duration::from_secs(CONNECT))
    }

    pub(super) fn prelude(&self) -> String {
        format!("CALHA_RECORD={}\n{PRELUDE}", quote(self.record.as_str()))
    }

    /// Whose lock an operation wants to find before it begins.
    pub(super) fn wanted_holder(&self) -> String {
        let holder = self.holder.lock().unwrap_or_else(PoisonError::into_inner);
        format!("calha_by={}\n", holder.as_deref().map(quote).unwrap_or_default())
    }

    fn held_by(&self, holder: Option<&str>) {
        *self.holder.lock().unwrap_or_else(PoisonError::into_inner) = holder.map(str::to_owned);
    }

    /// Runs a line of the shell that changes nothing.
    ///
    /// # Errors
    /// As every question to a node.
    pub(super) fn shell(&self, line: &str) -> Result<Output, HostError> {
        self.send(line, self.query, Delivery::Kept)
    }

    /// Waits for an answer with nothing in it.
    ///
    /// # Errors
    /// As every question to a node.
    pub(super) fn trip(&self) -> Result<(), HostError> {
        self.send(":", self.query, Delivery::Inside).map(drop)
    }

    pub(super) fn send(
        &self,
        script: &str,
        within: u64,
        delivery: Delivery,
    ) -> Result<Output, HostError> {
        let mut place = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        let session = match place.take().filter(Session::is_usable) {
            Some(session) => session,
            None => self.open()?,
        };
        place.insert(session).deliver(script, Duration::from_secs(within), delivery)
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
    fn send_then_ask(
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

        Ok(match asking::apart(&output, &token, questions.len() + 1) {
            Some(mut outputs) => {
                // What was complained of is the operations'.
                let first = Output { stderr: output.stderr, ..outputs.remove(0) };
                let answers = questions
                    .iter()
                    .zip(outputs)
                    .map(|(question, output)| asking::judge(question, output));
                (first, answers.collect())
            }
            None => (output, Vec::new()),
        })
    }

    fn ask_within(&self, questions: &[Question], within: u64) -> Result<Answered, HostError> {
        if let [question] = questions {
            return match self.one(question.clone(), within) {
                Err(
                    lost @ (HostError::Lost { .. }
                    | HostError::Unreachable { .. }
                    | HostError::TimedOut(_)),
                ) => Err(lost),
                other => Ok(vec![other]),
            };
        }

        let token = token();
        let output = self.send(
            &asking::together(questions, &token),
            within,
            Delivery::Inside.or_kept(questions.len()),
        )?;

        let outputs =
            asking::apart(&output, &token, questions.len()).ok_or_else(|| HostError::Lost {
                node: self.connector.node.0.clone(),
                why: format!("it did not answer all of {} questions", questions.len()),
            })?;

        Ok(questions
            .iter()
            .zip(outputs)
            .map(|(question, output)| asking::judge(question, output))
            .collect())
    }

    fn one(&self, question: Question, within: u64) -> Result<Answer, HostError> {
        let output = self.send(&asking::script(&question), within, Delivery::Inside)?;
        asking::judge(&question, output)
    }

    /// Asks for something that is expected to work.
    pub(super) fn demand(&self, script: &str, path: &NodePath) -> Result<Vec<u8>, HostError> {
        let output = self.send(script, SHORT, Delivery::Straight)?;
        if output.success() { Ok(output.stdout) } else { Err(refused(path.as_str(), &output)) }
    }

    /// What an operation said at its end; what is there when it said nothing.
    pub(super) fn judged(&self, id: &OpId, op: &Op, output: &Output) -> Result<Applied, HostError> {
        if let Some(applied) = outcome(&id.file_stem(), output) {
            return Ok(applied);
        }
        if let Some(holder) = lost_lock(&id.file_stem(), output) {
            return Err(HostError::LostLock { holder });
        }
        let mut tail = format!("{}{}", output.text(), String::from_utf8_lossy(&output.stderr))
            .trim()
            .to_owned();
        match op.reality(self)? {
            Reality::Present => return Ok(Applied::Done),
            Reality::Absent => {}
            Reality::Differs { found } => tail = format!("{found}\n{tail}").trim().to_owned(),
        }
        Ok(Applied::Failed { status: Some(output.status), tail })
    }
}

impl Inspect for ShellHost {
    fn name(&self) -> &NodeName {
        &self.connector.node
    }

    fn stat(&self, path: &NodePath) -> Result<Entry, HostError> {
        match self.one(Question::Stat(path.clone()), SHORT)? {
            Answer::Stat(entry) => Ok(entry),
            _ => Err(HostError::NotAsked),
        }
    }

    fn read(&self, path: &NodePath) -> Result<Vec<u8>, HostError> {
        match self.one(Question::Read(path.clone()), SHORT)? {
            Answer::Read(bytes) => Ok(bytes),
            _ => Err(HostError::NotAsked),
        }
    }

    fn query(&self, command: &Command) -> Result<Output, HostError> {
        match self.one(Question::Query(command.clone()), self.query)? {
            Answer::Query(output) => Ok(output),
            _ => Err(HostError::NotAsked),
        }
    }

    fn mounted(&self, path: &NodePath) -> Result<bool, HostError> {
        Ok(self.one(Question::Mounted(path.clone()), SHORT)? == Answer::Mounted(true))
    }

    fn exists(&self, path: &NodePath) -> Result<bool, HostError> {
        Ok(self.one(Question::Exists(path.clone()), SHORT)? == Answer::Exists(true))
    }

    fn link(&self, path: &NodePath) -> Result<Option<String>, HostError> {
        match self.one(Question::Link(path.clone()), SHORT)? {
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

impl Host for ShellHost {
    fn apply(&self, due: &Due) -> Result<Applied, HostError> {
        let (mut outcomes, _) = self.apply_all_then_ask(std::slice::from_ref(due), &[]);
        outcomes.pop().unwrap_or(Err(HostError::NotAsked))
    }

    fn apply_all(&self, ops: &[Due]) -> Vec<Result<Applied, HostError>> {
        self.apply_all_then_ask(ops, &[]).0
    }

    fn apply_all_then_ask(&self, ops: &[Due], questions: &[Question]) -> AppliedAndAnswered {
        match ops {
            [] => return (Vec::new(), Vec::new()),
            [due @ Due { op: Op::Run(Run { stdin: Stdin::Terminal { .. }, .. }), .. }] => {
                return (vec![self.on_terminal(due)], Vec::new());
            }
            _ => {}
        }

        if let Err(misfit) = Due::fit_together(ops) {
            return (vec![Err(misfit)], Vec::new());
        }

        let mut text = String::from("calha_halted= calha_seen=\n") + &self.wanted_holder();
        text.extend(ops.iter().map(as_sent));
        text.push_str("test -z \"$calha_halted\"\n");

        let limit = |op: &Op| {
            if let Op::Run(Run { within, settle, .. }) = op { within + settle + SLACK } else { 0 }
        };
        let within = SHORT.max(ops.iter().map(|due| limit(&due.op)).sum::<u64>());

        // What goes along with others ends at once.
        let watched = match ops {
            [Due { id, op: Op::Run(_), .. }] => self.watcher.clone().map(|w| (id.file_stem(), w)),
            _ => None,
        };
        let _watching = watched
            .map(|(stem, w)| Watching::begin(self.connector.clone(), self.record.clone(), stem, w));

        // A program that takes long would keep the line's own ends, which the session's shell has
        // put aside, and with them the line.
        let delivery = if ops.iter().any(|due| !due.op.is_reversible()) {
            Delivery::Straight
        } else {
            Delivery::Inside
        };

        let (output, answers) = match self.send_then_ask(&text, questions, within, delivery) {
            Ok(sent) => sent,
            Err(error) => return (vec![Err(error)], Vec::new()),
        };

        let mut outcomes = Vec::new();
        for Due { id, op, .. } in ops {
            let outcome = self.judged(id, op, &output);
            let ended_well = matches!(outcome, Ok(Applied::Done | Applied::Already));
            outcomes.push(outcome);
            if !ended_well {
                break;
            }
        }

        (outcomes, answers)
    }

    fn wait(&self, id: &OpId, within: u64) -> Result<(), HostError> {
        let script = format!("calha_op={}\ncalha_await {within}", quote(&id.file_stem()));
        let output = self.send(&script, within + SLACK, Delivery::Straight)?;
        if output.success() { Ok(()) } else { Err(HostError::TimedOut(within)) }
    }

    fn take(&self, holder: &str) -> Result<Option<String>, HostError> {
        self.take_then_ask(holder, &[]).map(|(other, _)| other)
    }

    fn take_then_ask(
        &self,
        holder: &str,
        questions: &[Question],
    ) -> Result<TakenAndAnswered, HostError> {
        if holder.is_empty() || holder.contains(|c: char| c.is_control()) {
            return Err(HostError::Invalid("who holds the lock is said in one line".into()));
        }

        let line = printed(&format!("{holder}\n"));
        let script = format!(
            "calha_by={}\ncalha_line() {{ {line}; }}\ncalha_record || exit 1\ncalha_take",
            quote(holder)
        );

        let (output, answers) =
            self.send_then_ask(&script, questions, SHORT, Delivery::Straight)?;

        match output.status {
            0 => {
                self.held_by(Some(holder));
                Ok((None, answers))
            }
            3 => {
                Ok((Some(output.text().lines().next().unwrap_or_default().to_owned()), Vec::new()))
            }
            _ => Err(refused(self.record.as_str(), &output)),
        }
    }

    fn release(&self, holder: &str) -> Result<(), HostError> {
        self.held_by(None);
        self.demand(&releasing(holder), &self.record).map(drop)
    }

    fn let_go(&self, holder: &str) {
        self.held_by(None);
        let mut place = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(session) = place.as_mut().filter(|session| session.is_usable()) {
            return session.tell(&releasing(holder));
        }
        drop(place);
        // After a lost line a new one may do; else the lock stays, and shows itself to the next
        // run.
        drop(self.release(holder));
    }

    fn remove_record(&self) -> Result<(), HostError> {
        let script = self.wanted_holder()
            + "if calha_locked; then calha_forget; \
               else echo \"another run has its lock: ${holder:-nobody}\" >&2; false; fi";
        self.demand(&script, &self.record)?;
        self.held_by(None);
        Ok(())
    }
}

/// Gives the lock of a holder back.
fn releasing(holder: &str) -> String {
    format!("calha_by={}\ncalha_release", quote(holder))
}

/// The text of the plan; before it the name of an operation that need not be looked at again.
fn as_sent(due: &Due) -> String {
    let seen = due.seen && matches!(due.op, Op::Run(_));
    let seen = if seen { format!("calha_seen={}\n", due.id.file_stem()) } else { String::new() };
    seen + &due.to_shell()
}
