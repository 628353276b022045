//! Puts a step to somebody who decides about each before it changes anything, and takes a skipped
//! step up again. A skipped step stands in the journal as a waiver under a code of its own, so that
//! no other waiver is taken up with it. How the step is shown is left to the `Prompt`.

use super::fleet::{Task, host_of};
use super::forward::Numbered;
use super::sight::Sight;
use super::stopped;
use super::{Choice, Decision, Engine, Event, Proposal, Proposed, Stop, decide_for};
use crate::journal::{Record, State};
use crate::node::NodeName;
use crate::problem::{Problem, codes};
use crate::step::Step;

/// An operation of the step as it stands now.
struct Found<'s> {
    task: Task<'s>,
    sight: Sight,
    decision: Decision,
}

impl Engine<'_> {
    /// Has somebody decide about a step that would change something. False: it is left out.
    pub(super) fn is_agreed(
        &mut self,
        Numbered { step, .. }: Numbered<'_>,
        nodes: &[NodeName],
    ) -> Result<bool, Stop> {
        if !self.prompt.proposes() {
            return Ok(true);
        }
        let found = self.found(step, nodes)?;
        let due: Vec<&Found<'_>> = found.iter().filter(|found| found.decision.is_work()).collect();
        if due.is_empty() {
            return Ok(true);
        }

        let ops = due.iter().map(|Found { task: Task { id, op, .. }, sight, .. }| Proposed {
            node: id.node.clone(),
            id: id.clone(),
            op: op.clone(),
            share: step.share(),
            diff: sight.diff.clone(),
        });
        let proposal = Proposal {
            id: step.id.as_str(),
            step: Some(step),
            guide: self.guide,
            undoes: false,
            ops: ops.collect(),
            stays: Vec::new(),
        };

        match self.person().step(&proposal) {
            Choice::Run => return Ok(true),
            Choice::Stop => return Err(Stop::Declined),
            Choice::Interrupted => return Err(Stop::Interrupted),
            Choice::Skip => {}
        }

        for Found { task: Task { key, id, .. }, sight, .. } in due {
            let (key, node, at) = (key.clone(), id.node.clone(), self.journal.now());
            let (code, found) = (skipped(step.id.as_str()), sight.reality.to_string());
            self.journal.append(Record::Waived { key, node, code, found, at })?;
        }

        self.sink.tell(&Event::StepSkipped { id: step.id.to_string() });
        Ok(false)
    }

    /// Every operation of a step as it stands now.
    fn found<'s>(&self, step: &'s Step, nodes: &[NodeName]) -> Result<Vec<Found<'s>>, Stop> {
        let tasks: Vec<Task<'s>> = nodes.iter().flat_map(|node| Task::all(step, node)).collect();
        let history = self.journal.history();

        self.fleet.look(|hosts| {
            let mut all = Vec::new();
            for task in &tasks {
                let host = host_of(hosts, &task.id.node)?;
                let sight = Sight::of(host, &task.op)
                    .map_err(|e| stopped(step.id.as_str(), &task.id.node, e))?;
                let state = history.state(&task.key);
                let decision = decide_for(step.lifespan, &task.op, state, &sight.reality);
                all.push(Found { task: task.clone(), sight, decision });
            }
            Ok(all)
        })?
    }

    /// Puts steps that somebody skipped back to what is to be done.
    ///
    /// # Errors
    /// A step that nobody skipped.
    pub fn unskip(&mut self, step: &str) -> Result<(), Stop> {
        let waived = self.journal.history().in_state(State::Waived);
        let due: Vec<_> = waived
            .into_iter()
            .filter(|(key, entry)| {
                key.step == step && entry.waived.as_deref() == Some(skipped(step).as_str())
            })
            .map(|(key, entry)| (key.clone(), entry.began))
            .collect();

        if due.is_empty() {
            let problem = Problem::new(codes::STEP_NOT_SKIPPED, format!("{step} was not skipped"));
            return Err(Stop::Blocked(vec![
                problem.hint(format!("see which steps were: {}", self.commands().status())),
            ]));
        }

        for (key, began) in due {
            let at = self.journal.now();
            // What had begun keeps its undo.
            let record = if began {
                Record::Invalidated { key, by: step.to_owned() }
            } else {
                Record::Undone { key, left: None, at }
            };
            self.journal.append(record)?;
        }

        self.end(0, &format!("the next run does {step} again"))
    }
}

/// The code under which a skipped step stands in the journal.
fn skipped(step: &str) -> String {
    codes::SKIP.of(step)
}
