//! What a run does about one operation: settles everything short of the effect, writes its intent,
//! has the effect made and says what the journal hears of it. Every intent is durable before its
//! effect. What is to be done, `decide` says; which operations go out together, `fleet::batch`.

use super::engine::stopped;
use super::fleet::task::Named;
use super::survey::{Finding, carried};
use super::{Answer, Decision, Engine, Event, Outcome, Question, Stop, decide_for};
use crate::host::{Applied, Due};
use crate::journal::{OpKey, Record, State};
use crate::node::NodeName;
use crate::op::{Op, Reality};
use crate::problem::codes;
use crate::step::{Lifespan, Step};

impl Engine<'_> {
    /// What another step made is gone by this one's work: there is nothing to take back any more.
    pub(super) fn note_cleaned(&mut self, step: &str) -> Result<(), Stop> {
        let gone: Vec<OpKey> =
            self.journal.history().to_unwind().into_iter().filter(|k| k.step == step).collect();
        for key in gone {
            let at = self.journal.now();
            self.journal.append(Record::Undone { key, left: None, at })?;
        }
        Ok(())
    }

    /// What has to be done about an operation that was looked at; everything but doing it is done
    /// here. True: it is to be done.
    pub(super) fn is_due(&mut self, one: &Named<'_>, reality: Reality) -> Result<bool, Stop> {
        let Named { step, key, id, op } = one;
        let state = self.journal.history().state(key);
        let passing = step.lifespan == Lifespan::Passing;

        let rests = reality != Reality::Present
            && self.known.in_rounds(&self.hosts, |hosts| self.rests(hosts, step, state))??;
        if rests {
            let detail = "the service runs, so its group stays where it is".to_owned();
            self.tell(Event::OpEnds {
                step: step.id.to_string(),
                node: id.node.clone(),
                number: id.number,
                outcome: Outcome::Already,
                detail: Some(detail),
                proof: None,
            });
            return Ok(false);
        }

        let decision = decide_for(step.lifespan, op, state, &reality);
        let finding = Finding {
            key: key.clone(),
            id: id.clone(),
            state,
            reality: Ok(reality.clone()),
            decision: decision.clone(),
        };

        let told = |outcome, detail| Event::OpEnds {
            step: step.id.to_string(),
            node: id.node.clone(),
            number: id.number,
            outcome,
            detail,
            proof: None,
        };

        match decision {
            Decision::Skip => {
                let outcome = match state {
                    State::Waived => Outcome::Waived,
                    State::Adopted => Outcome::Adopted,
                    _ => Outcome::Already,
                };
                self.tell(told(outcome, None));
            }
            Decision::Adopt => {
                if let Some(question) = Self::question(step, &finding) {
                    self.ask(question)?;
                }
                let (digest, at) = (op.identity(), self.journal.now());
                self.journal.append(Record::Adopted {
                    key: key.clone(),
                    node: id.node.clone(),
                    digest,
                    at,
                })?;
                self.tell(told(Outcome::Adopted, None));
            }
            Decision::MarkDone => {
                let at = self.journal.now();
                self.journal.append(Record::Done { key: key.clone(), at })?;
                let how = if state == State::Invalidated {
                    "still as it should be"
                } else {
                    "done before the last run ended"
                };
                self.tell(told(Outcome::Already, Some(how.into())));
            }
            Decision::Do => return Ok(true),
            Decision::Replace | Decision::MarkUndone | Decision::RedoUndo => {
                self.take_back(key)?;
                return Ok(true);
            }
            Decision::Ask(_) if passing && carried(&finding, op) => {
                self.tell(told(Outcome::Already, None))
            }
            Decision::Ask(_) => {
                let Some(question) = Self::question(step, &finding) else { return Ok(false) };
                let (code, found) = (question.code.clone(), question.found.clone());
                self.ask(question)?;
                let at = self.journal.now();
                match reality {
                    Reality::Absent => return Ok(true),
                    Reality::Present => {
                        self.journal.append(Record::Done { key: key.clone(), at })?;
                        self.tell(told(Outcome::Already, None));
                    }
                    Reality::Differs { .. } => {
                        let node = id.node.clone();
                        self.journal.append(Record::Waived {
                            key: key.clone(),
                            node,
                            code,
                            found: found.clone(),
                            at,
                        })?;
                        self.tell(told(Outcome::Waived, Some(found)));
                    }
                }
            }
            Decision::Stuck => return self.refuse_stuck().map(|()| false),
        }

        Ok(false)
    }

    /// The intents, all durable when it returns.
    pub(super) fn begin_ops(
        &mut self,
        due: &[&Named<'_>],
        diffs: Vec<Option<String>>,
    ) -> Result<(), Stop> {
        for one in due {
            self.invalidate(one.step)?;
        }
        let intents =
            due.iter().map(|one| self.intent(one.step, &one.key, &one.id, &one.op)).collect();
        self.journal.append_all(intents)?;
        for (Named { step, id, op, .. }, diff) in due.iter().zip(diffs) {
            self.tell(Event::OpBegins {
                attended: op.is_attended(),
                step: step.id.to_string(),
                node: id.node.clone(),
                number: id.number,
                commands: op.commands(),
                diff,
            });
        }
        Ok(())
    }

    /// What takes the intent of something that was not begun back.
    pub(super) fn withdrawn(&self, one: &Named<'_>) -> Record {
        Record::Undone { key: one.key.clone(), left: None, at: self.journal.now() }
    }

    /// The effect. What a human does by hand is done here as well.
    pub(super) fn effect(&mut self, one: &Named<'_>) -> Result<Applied, Stop> {
        let Named { step, id, op, .. } = one;
        self.known.forget();
        let host = self.host(&id.node)?;
        let due = Due::unseen(id, op).on_share(step.share());

        let applied = match op {
            Op::Operator { on, command, instructions, done_when, .. } => {
                let lacking =
                    host.lacks(&due.share).map_err(|e| stopped(step.id.as_str(), &id.node, e))?;
                if let Some(point) = lacking {
                    return Ok(Applied::Withheld { unmounted: point.to_string() });
                }
                let place = on.as_ref().unwrap_or(&id.node);
                match self.prompt.operator(id, place, command.as_ref(), instructions) {
                    Answer::Yes
                        if done_when
                            .holds(host)
                            .map_err(|e| stopped(step.id.as_str(), &id.node, e))? =>
                    {
                        Applied::Done
                    }
                    Answer::Yes => Applied::Failed {
                        status: None,
                        tail: "it was said to be done, and its effect is not there".into(),
                    },
                    Answer::No => return Err(Stop::Declined),
                    Answer::Interrupted => return Err(Stop::Interrupted),
                    Answer::Nobody => {
                        return Err(Stop::Unanswered(vec![by_hand(step, place, instructions)]));
                    }
                }
            }
            _ => host.apply(&due).map_err(|e| stopped(step.id.as_str(), &id.node, e))?,
        };

        Ok(applied)
    }

    /// What became of it: what the journal hears, and what is told or ends the run. `new`: no
    /// earlier run had begun it.
    pub(super) fn ending(
        &self,
        one: &Named<'_>,
        new: bool,
        applied: Applied,
    ) -> (Record, Result<Event, Stop>) {
        let Named { step, key, id, op } = one;
        let (key, at) = (key.clone(), self.journal.now());

        match applied {
            Applied::Done | Applied::Already => {
                let told = Event::OpEnds {
                    step: step.id.to_string(),
                    node: id.node.clone(),
                    number: id.number,
                    outcome: Outcome::Done,
                    detail: None,
                    proof: Some(op.proof()),
                };
                (Record::Done { key, at }, Ok(told))
            }
            Applied::Differs { found } => {
                let failure = self.failure(
                    step,
                    &id.node,
                    op,
                    None,
                    format!("something else came in between: {found}"),
                );
                (Record::Failed { key, status: None, at }, Err(failure))
            }
            Applied::Withheld { unmounted } => (
                // What an earlier run began may have left something; what did not begin at all is
                // withdrawn.
                if new { self.withdrawn(one) } else { Record::Failed { key, status: None, at } },
                Err(self.failure(step, &id.node, op, None, not_mounted(&unmounted))),
            ),
            Applied::Failed { status, tail } => {
                // ^C in a program that asks ends the program as well; it did not fail by itself.
                let left = matches!(op, Op::Run(_)) && op.is_attended() && (self.interrupted)();
                let stop = match left {
                    true => Stop::Interrupted,
                    false => self.failure(step, &id.node, op, status, tail),
                };
                (Record::Failed { key, status, at }, Err(stop))
            }
        }
    }

    /// What the step is about to make obsolete has to be looked at again.
    fn invalidate(&mut self, step: &Step) -> Result<(), Stop> {
        let due: Vec<OpKey> = self
            .journal
            .history()
            .entries
            .iter()
            .filter(|(key, e)| {
                step.invalidates.iter().any(|id| key.step == *id)
                    && matches!(e.state, State::Done | State::Waived)
                    && e.began
            })
            .map(|(key, _)| key.clone())
            .collect();
        for key in due {
            self.journal.append(Record::Invalidated { key, by: step.id.to_string() })?;
        }
        Ok(())
    }
}

/// Why an operation was not begun.
pub(super) fn not_mounted(point: &str) -> String {
    format!("{point} is not mounted on this node; nothing was begun underneath it")
}

fn by_hand(step: &Step, node: &NodeName, instructions: &str) -> Question {
    Question {
        code: codes::OPERATOR.of(step.id.as_str()),
        step: step.id.to_string(),
        node: node.clone(),
        what: format!("{}: somebody has to do this by hand", step.title),
        found: instructions.to_owned(),
        accepting: "do it; the next run looks for its effect".into(),
    }
}
