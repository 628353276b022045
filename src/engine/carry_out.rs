//! The effect of one operation, and what the journal hears of it. What a human does by hand is done
//! here as well. What is to be done, `decide` says; which operations go out together, `fleet`.

use super::fleet::Task;
use super::{Engine, Event, Outcome, Question, Reply, Stop};
use crate::host::{Applied, Due};
use crate::journal::Record;
use crate::node::{Inspect, NodeName};
use crate::op::Op;
use crate::problem::codes;
use crate::step::Step;

impl Engine<'_> {
    /// The effect. What a human does by hand is done here as well.
    pub(super) fn effect(&mut self, one: &Task<'_>) -> Result<Applied, Stop> {
        let Task { step, id, op, .. } = one;
        let due = Due::unseen(id, op).on_share(step.share());
        let Op::Operator { on, command, instructions, done_when, .. } = op else {
            return self.fleet.send_one(&due);
        };

        let lacking =
            self.fleet.look_at(&id.node, step.id.as_str(), |host| host.lacks(&due.share))?;
        if let Some(point) = lacking {
            return Ok(Applied::Withheld { unmounted: point.to_string() });
        }

        let place = on.as_ref().unwrap_or(&id.node);
        match self.person().operator(id, place, command.as_ref(), instructions) {
            Reply::Yes => {}
            Reply::No => return Err(Stop::Declined),
            Reply::Interrupted => return Err(Stop::Interrupted),
            Reply::Nobody => {
                return Err(Stop::Unanswered(vec![by_hand(step, place, instructions)]));
            }
        }

        let is_done = |host: &dyn Inspect| done_when.holds(host);
        Ok(match self.fleet.look_at(&id.node, step.id.as_str(), is_done)? {
            true => Applied::Done,
            false => Applied::Failed {
                status: None,
                tail: "you said that it is done, but calha does not see its effect".into(),
            },
        })
    }

    /// What became of it: what the journal hears, and what is told or ends the run. `new`: no
    /// earlier run had begun it.
    pub(super) fn ending(
        &self,
        one: &Task<'_>,
        new: bool,
        applied: Applied,
    ) -> (Record, Result<Event, Stop>) {
        let Task { step, key, id, op } = one;
        let (key, at) = (key.clone(), self.journal.now());

        match applied {
            Applied::Done | Applied::Already => {
                let told = Event::OpEnds {
                    step: step.id.to_string(),
                    node: id.node.clone(),
                    number: id.number,
                    outcome: Outcome::Done,
                    detail: None,
                    proof: Some(if self.options.verbose { op.proof() } else { op.short_proof() }),
                };
                (Record::Done { key, at }, Ok(told))
            }
            Applied::Differs { found } => {
                let told = format!("something else came in between: {found}");
                let why = last_line(&told);
                let failure = self.failure(step, &id.node, op, None, told);
                (Record::Failed { key, status: None, at, why }, Err(failure))
            }
            Applied::Withheld { unmounted } => (
                // What an earlier run began may have left something; what did not begin at all is
                // withdrawn.
                if new {
                    self.withdrawn(one)
                } else {
                    let why = Some(not_mounted(&unmounted));
                    Record::Failed { key, status: None, at, why }
                },
                Err(self.failure(step, &id.node, op, None, not_mounted(&unmounted))),
            ),
            Applied::Failed { status, tail } => {
                // ^C in a program that asks ends the program as well; it did not fail by itself.
                let left = matches!(op, Op::Run(_)) && op.is_attended() && (self.interrupted)();
                // A program whose word is not enough: what is wrong stands in no line of its own.
                let missed = if op.is_reversible() { Vec::new() } else { self.missed(step) };
                let why = missed.first().cloned().or_else(|| last_line(&tail));
                let tail = missed.into_iter().fold(tail, |tail, what| format!("{tail}\n{what}"));
                let stop = match left {
                    true => Stop::Interrupted,
                    false => self.failure(step, &id.node, op, status, tail),
                };
                (Record::Failed { key, status, at, why }, Err(stop))
            }
        }
    }
}

/// What a program said last, in a line that a status has room for.
fn last_line(said: &str) -> Option<String> {
    let last = said.lines().rev().map(str::trim).find(|line| !line.is_empty())?;
    Some(last.chars().take(300).collect())
}

/// Why an operation was not begun.
pub(super) fn not_mounted(point: &str) -> String {
    format!("{point} is not mounted on this node; calha changed nothing below it")
}

fn by_hand(step: &Step, node: &NodeName, instructions: &str) -> Question {
    Question {
        code: codes::OPERATOR.of(step.id.as_str()),
        step: Some(step.id.to_string()),
        node: Some(node.clone()),
        what: format!("somebody does this step by hand: {}", step.title),
        found: instructions.to_owned(),
        remedy: None,
        accepting: "do it, and type the next command: it looks for what that has made".into(),
    }
}
