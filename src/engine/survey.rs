//! Looks at everything that stays: what is left to do, what is odd, and what has to be asked. It
//! changes nothing, and decides nothing before a command that an earlier run left at work has
//! ended. Each decision is left to `decide`, putting the questions to `install`.

use std::collections::BTreeSet;

use super::fleet::{Task, host_of};
use super::sight::reality;
use super::stopped;
use super::{Decision, Engine, Question, Stop, decide_for};
use crate::journal::{OpKey, State};
use crate::node::{HostError, NodeName};
use crate::op::{Op, OpId, Reality, Run};
use crate::problem::{Problem, codes};
use crate::step::{GroupCondition, Lifespan, LookContext, Seen, Step, Views, When};

/// One operation, looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    pub key: OpKey,
    pub id: OpId,
    pub state: State,
    /// `None`: it cannot be known now, for this reason.
    pub reality: Result<Reality, String>,
    pub decision: Decision,
}

/// Everything that stays, looked at once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Survey {
    pub findings: Vec<Finding>,
    /// Steps that something is left to do in, with those that must hold for them.
    pub wanted: BTreeSet<String>,
    /// Steps that cannot be judged before what they need is done.
    pub waiting: BTreeSet<String>,
    /// What is odd and does not come from something that is still to be done.
    pub questions: Vec<Question>,
    /// What the looks at edited documents have seen where the edit stands, or stood: what makes it
    /// wrong before makes it wrong after.
    pub documents: Vec<Document>,
}

/// An edited document of a step on a node, as its looks have seen it.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    pub step: String,
    pub node: NodeName,
    pub seen: Seen,
}

/// A node that a step is on.
pub(super) struct Location {
    pub node: NodeName,
    /// Whether what the step does can be looked at there now.
    pub is_visible: bool,
}

impl Survey {
    /// Whether the step has an operation that is not as it should be.
    pub fn has_work(&self, step: &str) -> bool {
        self.findings.iter().any(|f| f.key.step == step && f.is_work())
    }

    /// Whether a problem of the document says what a finding would say again.
    fn is_explained(&self, finding: &Finding, problems: &[Problem]) -> bool {
        let of_it = |document: &&Document| {
            document.step == finding.key.step && document.node == finding.id.node
        };
        matches!(finding.reality, Ok(Reality::Differs { .. }))
            && self
                .documents
                .iter()
                .filter(of_it)
                .flat_map(|document| &document.seen.problems)
                .any(|problem| problems.contains(problem))
    }

    /// Whether somebody is to hear of the finding, beside these problems.
    pub fn is_odd(&self, finding: &Finding, problems: &[Problem]) -> bool {
        !matches!(finding.decision, Decision::Skip | Decision::MarkDone)
            && !self.is_explained(finding, problems)
            && !self.is_taken_in(finding)
    }

    /// Whether an installation that has begun takes the finding in without a word, as what an
    /// earlier release of calha did without noting it.
    fn is_taken_in(&self, finding: &Finding) -> bool {
        let begun = self.findings.iter().any(|f| f.state != State::Never);
        let asked = self.questions.iter().any(|q| q.is_of(&finding.key.step));
        let new = finding.state == State::Never && finding.decision == Decision::Adopt;
        new && begun && !asked
    }

    /// Whether a method has failed of what a question is about: starting it again settles that.
    pub fn meets_failed_method(&self) -> bool {
        self.questions.iter().any(|question| question.remedy.is_some())
    }

    /// Whether only the journal has to be told of something.
    pub fn has_news(&self, step: &str) -> bool {
        let news =
            |d: &Decision| matches!(d, Decision::Adopt | Decision::MarkDone | Decision::MarkUndone);
        self.findings.iter().any(|f| f.key.step == step && news(&f.decision))
    }
}

impl Document {
    /// Whether there is anything to say about it.
    pub fn is_silent(&self) -> bool {
        let Seen { problems, notices, doubts, .. } = &self.seen;
        problems.is_empty() && notices.is_empty() && doubts.is_empty()
    }
}

impl Finding {
    /// Whether what was done, or was there, is there in some form, and nobody has accepted that as
    /// it is.
    fn stands(&self) -> bool {
        let new = matches!(self.state, State::Never | State::Undone);
        match self.decision {
            Decision::Skip | Decision::MarkDone | Decision::Adopt => self.state != State::Waived,
            Decision::Ask(_) => !new,
            _ => false,
        }
    }

    /// Whether something has to be done.
    pub fn is_work(&self) -> bool {
        self.decision.is_work()
    }
}

impl Engine<'_> {
    /// Looks at everything that stays, without changing anything.
    ///
    /// # Errors
    /// A host that cannot be asked.
    pub fn survey(&self) -> Result<Survey, Stop> {
        for step in &self.guide.steps {
            for node in step.nodes() {
                for Task { key, id, op, .. } in Task::all(step, &node) {
                    self.settle(self.journal.history().state(&key), &id, &op)?;
                }
            }
        }
        self.fleet.look(|hosts| self.survey_on(hosts))?
    }

    pub(super) fn survey_on(&self, hosts: &Views<'_>) -> Result<Survey, Stop> {
        let mut survey = Survey::default();
        // Steps with work, and those that cannot be judged before that work is done.
        let mut unsettled: BTreeSet<&str> = BTreeSet::new();
        // Steps that will be done again once somebody has said so: what they need is wanted then.
        let mut again: BTreeSet<&str> = BTreeSet::new();

        for step in self.guide.steps.iter().filter(|s| s.lifespan == Lifespan::Lasting) {
            let waits = step.needs.iter().any(|need| unsettled.contains(need.as_str()));
            if waits {
                survey.waiting.insert(step.id.to_string());
            }
            for at in Self::locations(hosts, step)? {
                let found = self.findings(hosts, step, &at)?;
                for finding in &found {
                    let is_asked = match finding.decision {
                        Decision::Ask(_) => true,
                        Decision::Adopt => step.asks_before_adopting.is_some(),
                        _ => false,
                    };
                    if is_asked && !waits {
                        let condition = Self::condition_on(hosts, step, finding)
                            .map_err(|e| stopped(step.id.as_str(), &finding.id.node, e))?;
                        survey.questions.extend(self.question(step, finding, &condition));
                    }

                    let is_odd = matches!(finding.decision, Decision::Ask(_));
                    if finding.is_work() || (waits && is_odd) {
                        unsettled.insert(step.id.as_str());
                    }
                    if is_odd && finding.reality == Ok(Reality::Absent) {
                        again.insert(step.id.as_str());
                    }
                }

                if at.is_visible && step.edits() {
                    // Asked whether the edit stands or not, so that it is asked along.
                    let mut seen = Self::document(hosts, step, &at.node)?;
                    let problems = std::mem::take(&mut seen.problems).into_iter();
                    let led = |problem| self.once_begun(step.id.as_str(), problem);
                    seen.problems = problems.map(led).collect();
                    if !waits && found.iter().any(Finding::stands) {
                        let (step, node) = (step.id.to_string(), at.node);
                        survey.documents.push(Document { step, node, seen });
                    }
                }
                survey.findings.extend(found);
            }
        }

        survey.wanted = self.wanted(hosts, &unsettled.union(&again).copied().collect())?;
        Ok(survey)
    }

    /// What the looks before an edit see on a node.
    pub(super) fn document(hosts: &Views<'_>, step: &Step, node: &NodeName) -> Result<Seen, Stop> {
        let mut all = Seen::default();
        for (_, look) in step.looks.iter().filter(|(when, _)| *when != When::After) {
            all.and(
                look(&LookContext::on(hosts, node, true))
                    .map_err(|e| stopped(step.id.as_str(), node, e))?,
            );
        }
        Ok(all)
    }

    /// Where a step is, or would be.
    pub(super) fn locations(hosts: &Views<'_>, step: &Step) -> Result<Vec<Location>, Stop> {
        let now = Self::nodes_now(hosts, step)
            .map_err(|e| stopped(step.id.as_str(), step.expected_host().as_ref(), e))?;
        let is_visible = !now.is_empty();
        let nodes = if is_visible { now } else { step.nodes() };
        Ok(nodes.into_iter().map(|node| Location { node, is_visible }).collect())
    }

    /// The operations of a step there, looked at.
    pub(super) fn findings(
        &self,
        hosts: &Views<'_>,
        step: &Step,
        at: &Location,
    ) -> Result<Vec<Finding>, Stop> {
        let tasks = Task::all(step, &at.node);
        tasks.iter().map(|task| self.find(hosts, task, at.is_visible)).collect()
    }

    fn find(&self, hosts: &Views<'_>, task: &Task<'_>, visible: bool) -> Result<Finding, Stop> {
        let Task { step, key, id, op } = task;
        let state = self.journal.history().state(key);

        let (reality, decision) = if visible {
            let host = host_of(hosts, &id.node)?;
            let reality = reality(host, op).map_err(|e| stopped(step.id.as_str(), &id.node, e))?;
            let decision = decide_for(step.lifespan, op, state, &reality);
            (Ok(reality), decision)
        } else {
            // What was done on a file system that is not mounted anywhere is taken to be there
            // still: nothing can be done about it now.
            let is_done = matches!(state, State::Done | State::Waived);
            let decision = if is_done { Decision::Skip } else { Decision::Do };
            (Err("its file system is mounted nowhere".into()), decision)
        };
        Ok(Finding { key: key.clone(), id: id.clone(), state, reality, decision })
    }

    /// A command of a run that was cut off may still be at work; nothing is decided before it has
    /// ended.
    pub(super) fn settle(&self, state: State, id: &OpId, op: &Op) -> Result<(), Stop> {
        if let (State::Intent | State::Failed, Op::Run(Run { within, .. })) = (state, op) {
            self.fleet.wait(id, *within)?;
        }
        Ok(())
    }

    /// Steps with work and, of each, what it needs: positions that do not hold, and looks. What was
    /// done and stands is needed by many and wanted by none; a position that holds already needs
    /// nothing itself.
    fn wanted(&self, hosts: &Views<'_>, work: &BTreeSet<&str>) -> Result<BTreeSet<String>, Stop> {
        let mut wanted: BTreeSet<String> = work.iter().map(|s| (*s).to_owned()).collect();
        for step in self.guide.steps.iter().rev() {
            if !wanted.contains(step.id.as_str()) {
                continue;
            }
            if step.lifespan == Lifespan::Passing && self.holds(hosts, step)? {
                continue;
            }
            let stands = |need: &Step| {
                need.lifespan == Lifespan::Lasting
                    && !work.contains(need.id.as_str())
                    && need.acts()
            };
            let needs = step.needs.iter().filter_map(|need| self.guide.step(need.as_str()));
            wanted.extend(needs.filter(|need| !stands(need)).map(|need| need.id.to_string()));
        }
        Ok(wanted)
    }

    /// Whether every operation of a passing step holds now.
    pub(super) fn holds(&self, hosts: &Views<'_>, step: &Step) -> Result<bool, Stop> {
        let mut any = false;
        for at in Self::locations(hosts, step)? {
            for task in Task::all(step, &at.node) {
                any = true;
                if self.rests(hosts, step, self.journal.history().state(&task.key))? {
                    continue;
                }
                let finding = self.find(hosts, &task, at.is_visible)?;
                let is_odd = matches!(finding.decision, Decision::Ask(_));
                if finding.is_work() || (is_odd && !carried(&finding, &task.op)) {
                    return Ok(false);
                }
            }
        }
        Ok(any)
    }

    /// How the group stands that the operation of a finding is about; at rest where it is about
    /// none.
    fn condition_on(
        hosts: &Views<'_>,
        step: &Step,
        finding: &Finding,
    ) -> Result<GroupCondition, HostError> {
        let of_finding = named(step, finding).and_then(|op| match op {
            Op::Run(Run { command, .. }) => Some(command),
            _ => None,
        });
        let (Some(command), Some(host)) = (of_finding, hosts.get(&finding.id.node)) else {
            return Ok(GroupCondition::default());
        };
        // Of any other it was not asked yet.
        if !matches!(finding.reality, Ok(Reality::Differs { .. })) {
            return Ok(GroupCondition::default());
        }
        Ok(GroupCondition::about(*host, &command)?.unwrap_or_default())
    }

    /// What a finding asks; `condition`: how the group stands that it is about. Where a method has
    /// failed, that is what is odd, and there is a way out of it.
    pub(super) fn question(
        &self,
        step: &Step,
        finding: &Finding,
        condition: &GroupCondition,
    ) -> Option<Question> {
        let found = match &finding.reality {
            Ok(Reality::Differs { found }) => match named(step, finding) {
                // That a command's check does not hold says little without the check.
                Some(op @ Op::Run(_)) if condition.odd().is_empty() => {
                    format!("{found}; wanted: {}", op.proof())
                }
                _ => found.clone(),
            },
            // One of several may be all that is missing.
            Ok(Reality::Absent) if named(step, finding).is_some_and(|op| is_of_several(&op)) => {
                "not all of it is there".to_owned()
            }
            Ok(reality) => reality.to_string(),
            Err(why) => why.clone(),
        };

        let (code, what, accepting) = match &finding.decision {
            Decision::Ask(what) => {
                let accepting = match finding.reality {
                    Ok(Reality::Absent) => "does it again",
                    Ok(Reality::Present) => "takes it as done",
                    _ => "leaves it as it is and goes on",
                };
                let what = match (finding.state, condition.remedy()) {
                    (State::Done, Some(_)) => "it was done, and a method has failed since",
                    _ => what,
                };
                (codes::DRIFT.of(step.id.as_str()), what.to_owned(), accepting)
            }
            Decision::Adopt => (
                step.asks_before_adopting?.into(),
                "it is there already, and calha did not make it".to_owned(),
                "uses it, and never removes it",
            ),
            _ => return None,
        };

        Some(Question {
            code,
            step: Some(step.id.to_string()),
            node: Some(finding.id.node.clone()),
            what: format!("{}: {what}", step.title),
            found,
            accepting: accepting.into(),
            remedy: condition.remedy().map(|remedy| self.guide.remedy(remedy)),
        })
    }
}

/// Whether it makes several changes of one file.
fn is_of_several(op: &Op) -> bool {
    matches!(op, Op::Edit { changes, .. } if changes.len() > 1)
}

/// The operation of a finding.
fn named(step: &Step, finding: &Finding) -> Option<Op> {
    let mut all = step.named_ops(&finding.id.node).into_iter();
    all.find(|(id, _)| *id == finding.id).map(|(_, op)| op)
}

/// A file that was copied from one node's own disk to the shared one cannot be compared any more on
/// the other node; it was, when it was done.
pub(super) fn carried(finding: &Finding, op: &Op) -> bool {
    finding.state == State::Done && matches!(op, Op::Copy { .. })
}
