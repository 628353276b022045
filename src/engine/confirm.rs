//! Puts a step to somebody who decides about each before it changes anything, and takes a skipped
//! step up again. A skipped step stands in the journal as a waiver under a code of its own, so that
//! no other waiver is taken up with it. How the step is shown is left to the `Prompt`.

use super::engine::stopped;
use super::fleet::cache::in_rounds;
use super::survey::Finding;
use super::{Choice, Engine, Event, Proposal, Proposed, Stop, decide_for};
use crate::journal::{Record, State};
use crate::node::{Inspect, NodeName};
use crate::op::{Op, Reality};
use crate::problem::{Problem, codes};
use crate::step::Step;

impl Engine<'_> {
    /// Has somebody decide about a step that would change something. False: it is left out.
    pub(super) fn is_agreed(
        &mut self,
        step: &Step,
        nodes: &[NodeName],
        number: usize,
        of: usize,
    ) -> Result<bool, Stop> {
        if !self.prompt.proposes() {
            return Ok(true);
        }
        let found = self.found(step, nodes)?;
        let due: Vec<&(Finding, Op, Option<String>)> =
            found.iter().filter(|(finding, ..)| finding.is_work()).collect();
        if due.is_empty() {
            return Ok(true);
        }

        let ops = due.iter().map(|(finding, op, diff)| Proposed {
            node: finding.id.node.clone(),
            id: finding.id.clone(),
            op: op.clone(),
            diff: diff.clone(),
        });
        let proposal = Proposal { number, of, step, guide: self.guide, ops: ops.collect() };

        self.known.forget();
        match self.prompt.step(&proposal) {
            Choice::Run => return Ok(true),
            Choice::Stop => return Err(Stop::Declined),
            Choice::Interrupted => return Err(Stop::Interrupted),
            Choice::Skip => {}
        }

        for (finding, ..) in due {
            let (node, key) = (finding.id.node.clone(), finding.key.clone());
            let found = finding.reality.as_ref().map_or_else(Clone::clone, ToString::to_string);
            let at = self.journal.now();
            self.journal.append(Record::Waived {
                key,
                node,
                code: skipped(step.id.as_str()),
                found,
                at,
            })?;
        }

        self.sink.tell(&Event::StepSkipped { id: step.id.to_string() });
        Ok(false)
    }

    /// Every operation of a step as it stands now, with what would change in a file.
    fn found(
        &self,
        step: &Step,
        nodes: &[NodeName],
    ) -> Result<Vec<(Finding, Op, Option<String>)>, Stop> {
        in_rounds(&self.hosts, |hosts| {
            let mut all = Vec::new();
            for node in nodes {
                for (key, id, op) in Self::ops(step, node) {
                    let host = Self::host_of(hosts, &id.node)?;
                    let reality = Self::told(host, &op)
                        .map_err(|e| stopped(step.id.as_str(), &id.node, e))?;

                    let state = self.journal.history().state(&key);
                    let decision = decide_for(step.lifespan, &op, state, &reality);
                    let diff = difference(host, &op, &reality);

                    all.push((
                        Finding { key, id, state, reality: Ok(reality), decision },
                        op,
                        diff,
                    ));
                }
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

        self.sink
            .tell(&Event::Ended { changed: 0, summary: format!("{step} is to be done again") });
        Ok(())
    }
}

/// The code under which a skipped step stands in the journal.
fn skipped(step: &str) -> String {
    codes::SKIP.of(step)
}

/// What an operation would change in a file; nothing where nothing is to be done, or nothing can be
/// seen.
pub(super) fn difference(host: &dyn Inspect, op: &Op, reality: &Reality) -> Option<String> {
    if *reality != Reality::Absent {
        return None;
    }
    match op {
        Op::Edit { path, changes, .. } => {
            let before = host.read(path).ok()?;
            Some(crate::document::diff(
                &before,
                &crate::op::effect::edit(&before, changes),
                path.as_str(),
            ))
        }
        Op::Install { path, content, .. } => {
            Some(crate::document::diff(b"", content.as_bytes(), path.as_str()))
        }
        _ => None,
    }
}
