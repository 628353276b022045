//! What becomes of an operation that was looked at and decided about: everything but doing it is
//! done here. What is to be decided, `decide` says.

use crate::engine::fleet::Task;
use crate::engine::survey::{Finding, carried};
use crate::engine::{Decision, Engine, Event, Outcome, Stop, decide_for};
use crate::journal::{Record, State};
use crate::op::Reality;
use crate::step::{GroupCondition, Lifespan};

impl Engine<'_> {
    /// Does everything short of the effect about an operation. True: it is to be done.
    pub(super) fn is_due(&mut self, one: &Task<'_>, reality: Reality) -> Result<bool, Stop> {
        let state = self.journal.history().state(&one.key);
        if reality != Reality::Present
            && self.fleet.look(|hosts| self.rests(hosts, one.step, state))??
        {
            let detail = "the service runs, so its group stays where it is";
            self.tell(ended(one, Outcome::Already, Some(detail.into())));
            return Ok(false);
        }

        let decision = decide_for(one.step.lifespan, &one.op, state, &reality);
        let (key, id) = (one.key.clone(), one.id.clone());
        let finding = Finding { key, id, state, reality: Ok(reality), decision };
        let is_passing = one.step.lifespan == Lifespan::Passing;

        match &finding.decision {
            Decision::Do => return Ok(true),
            Decision::Replace | Decision::MarkUndone | Decision::RedoUndo => {
                self.undo_operation(&one.key)?;
                return Ok(true);
            }
            Decision::Skip => {
                let event = match state {
                    State::Waived => ended(one, Outcome::Waived, None),
                    State::Adopted => {
                        let entry = self.journal.history().entries.get(&one.key);
                        adopted(one, entry.is_some_and(|entry| !entry.leaves.is_empty()))
                    }
                    _ => ended(one, Outcome::Already, None),
                };
                self.tell(event);
            }
            Decision::Adopt => self.take_over(one, &finding)?,
            Decision::MarkDone => {
                let how = match state {
                    State::Invalidated => "still as it should be",
                    _ => "done before the last run ended",
                };
                self.note_done(one, Some(how))?;
            }
            Decision::Ask(_) if is_passing && carried(&finding, &one.op) => {
                self.tell(ended(one, Outcome::Already, None));
            }
            Decision::Ask(_) => return self.is_due_if_accepted(one, &finding),
            Decision::Stuck => self.refuse_stuck()?,
        }
        Ok(false)
    }

    /// It is there and this installation did not make it.
    fn take_over(&mut self, one: &Task<'_>, finding: &Finding) -> Result<(), Stop> {
        let condition = GroupCondition::default();
        if let Some(question) = self.question(one.step, finding, &condition) {
            self.ask(question)?;
        }
        let (digest, at) = (one.op.identity(), self.journal.now());
        let (key, node) = (one.key.clone(), one.id.node.clone());
        let leaves = self.journal.left_before(&key);
        let is_ours = !leaves.is_empty();
        self.journal.append(Record::Adopted { key, node, digest, leaves, at })?;
        self.tell(adopted(one, is_ours));
        Ok(())
    }

    fn note_done(&mut self, one: &Task<'_>, how: Option<&str>) -> Result<(), Stop> {
        let at = self.journal.now();
        self.journal.append(Record::Done { key: one.key.clone(), at })?;
        self.tell(ended(one, Outcome::Already, how.map(str::to_owned)));
        Ok(())
    }

    /// What is odd about it was asked before the first change, or is asked now.
    fn is_due_if_accepted(&mut self, one: &Task<'_>, finding: &Finding) -> Result<bool, Stop> {
        let condition = match &finding.reality {
            Ok(Reality::Differs { .. }) => self.condition(&one.id.node, &one.op),
            _ => GroupCondition::default(),
        };
        let Some(question) = self.question(one.step, finding, &condition) else {
            return Ok(false);
        };
        let (code, found) = (question.code.clone(), question.found.clone());
        self.ask(question)?;

        match &finding.reality {
            Ok(Reality::Absent) => return Ok(true),
            Ok(Reality::Present) => self.note_done(one, None)?,
            Ok(Reality::Differs { .. }) | Err(_) => {
                let (key, node, at) = (one.key.clone(), one.id.node.clone(), self.journal.now());
                self.journal.append(Record::Waived {
                    key,
                    node,
                    code,
                    found: found.clone(),
                    at,
                })?;
                self.tell(ended(one, Outcome::Waived, Some(found)));
            }
        }
        Ok(false)
    }
}

/// How one ended whose work was there before this installation: whose it is.
fn adopted(one: &Task<'_>, is_ours: bool) -> Event {
    match is_ours {
        true => ended(one, Outcome::Already, Some("an earlier installation left it".to_owned())),
        false => ended(one, Outcome::Adopted, None),
    }
}

/// How an operation ended that was not done now.
fn ended(one: &Task<'_>, outcome: Outcome, detail: Option<String>) -> Event {
    Event::OpEnds {
        step: one.step.id.to_string(),
        node: one.id.node.clone(),
        number: one.id.number,
        outcome,
        detail,
        proof: None,
    }
}
