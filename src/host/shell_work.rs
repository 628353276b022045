//! Work on a node through its shell: operations, several in one request where they fit together,
//! the node's lock, and calha's own directory. It repeats nothing by itself. How a request gets
//! there is left to `shell_host`.

use std::sync::PoisonError;

use super::asking::{last, refused};
use super::delivery::Delivery;
use super::outcome::{lost_lock, outcome};
use super::shell_host::SHORT;
use super::watching::Watching;
use super::{Applied, Due, Host, Sent, ShellHost, Taken};
use crate::node::{HostError, Output, Question};
use crate::op::shell::printed;
use crate::op::{Op, OpId, Reality, Run, Stdin, quote};

/// Seconds that a command's operation may take longer than its own limit, for what is looked at
/// before and after.
const SLACK: u64 = 15;

impl ShellHost {
    /// What an operation said at its end; what is there when it said nothing.
    pub(super) fn judged(&self, id: &OpId, op: &Op, output: &Output) -> Result<Applied, HostError> {
        if let Some(applied) = outcome(&id.file_stem(), output) {
            return Ok(applied);
        }
        if let Some(holder) = lost_lock(&id.file_stem(), output) {
            return Err(HostError::LostLock { holder });
        }
        let mut tail =
            format!("{}{}", last(&output.stdout), last(&output.stderr)).trim().to_owned();
        match op.reality(self)? {
            Reality::Present => return Ok(Applied::Done),
            Reality::Absent => {}
            Reality::Differs { found } => tail = format!("{found}\n{tail}").trim().to_owned(),
        }
        Ok(Applied::Failed { status: Some(output.status), tail })
    }
}

impl Host for ShellHost {
    fn apply(&self, due: &Due) -> Result<Applied, HostError> {
        let mut sent = self.apply_all_then_ask(std::slice::from_ref(due), &[]);
        sent.outcomes.pop().unwrap_or(Err(HostError::NotAsked))
    }

    fn apply_all(&self, ops: &[Due]) -> Vec<Result<Applied, HostError>> {
        self.apply_all_then_ask(ops, &[]).outcomes
    }

    fn apply_all_then_ask(&self, ops: &[Due], questions: &[Question]) -> Sent {
        match ops {
            [] => return Sent::default(),
            [due @ Due { op: Op::Run(Run { stdin: Stdin::Terminal { .. }, .. }), .. }] => {
                return Sent { outcomes: vec![self.on_terminal(due)], answers: Vec::new() };
            }
            _ => {}
        }

        if let Err(misfit) = Due::fit_together(ops) {
            return Sent::failed(misfit);
        }

        let mut text = String::from("calha_halted= calha_seen=\n") + &self.wanted_holder();
        text.extend(ops.iter().map(as_sent));
        text.push_str("test -z \"$calha_halted\"\n");

        let limit = |due: &Due| match &due.op {
            Op::Run(Run { within, settle, .. }) => Some(within + settle + SLACK),
            _ => None,
        };
        // What is no command has no limit of its own.
        let least = if ops.iter().all(|due| limit(due).is_some()) { 0 } else { SHORT };
        let within = least.max(ops.iter().filter_map(limit).sum());

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
            Err(error) => return Sent::failed(error),
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

        Sent { outcomes, answers }
    }

    fn wait(&self, id: &OpId, within: u64) -> Result<(), HostError> {
        let script = format!("calha_op={}\ncalha_await {within}", quote(&id.file_stem()));
        let output = self.send(&script, within + SLACK, Delivery::Straight)?;
        if output.success() { Ok(()) } else { Err(HostError::TimedOut(within)) }
    }

    fn take(&self, holder: &str) -> Result<Option<String>, HostError> {
        self.take_then_ask(holder, &[]).map(|taken| taken.other)
    }

    fn take_then_ask(&self, holder: &str, questions: &[Question]) -> Result<Taken, HostError> {
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
                Ok(Taken { other: None, answers })
            }
            3 => {
                let other = output.text().lines().next().unwrap_or_default().to_owned();
                Ok(Taken { other: Some(other), answers: Vec::new() })
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
