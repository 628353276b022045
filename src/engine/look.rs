//! Has steps look at their hosts: before the first change, and before and after each step. Facts
//! and notices are told, what is in the way comes back, and nothing is changed. What a look asks
//! and concludes is left to the step.

use std::collections::{BTreeMap, BTreeSet};

use super::stopped;
use super::{Engine, Event, Question, Stop, Survey, is_finished, unready};
use crate::journal::Record;
use crate::node::{HostError, NodeName};
use crate::problem::Problem;
use crate::step::{Doubt, LookContext, Seen, Step, StepId, When};

impl Engine<'_> {
    /// What can be seen before the first change, on all nodes, all of it together.
    pub(super) fn look_early(
        &mut self,
        survey: &Survey,
        chosen: &BTreeSet<String>,
    ) -> Result<(), Stop> {
        let (mut left, mut doubts, mut told) = (Vec::new(), Vec::new(), Seen::default());
        self.sink.tell(&Event::LookingFirst);

        let asked = |step: &Step| survey.questions.iter().any(|q| q.is_of(step.id.as_str()));
        // Where there is nothing to do about an edit, its document has been looked at.
        let stands =
            |step: &Step| step.edits() && !survey.has_work(step.id.as_str()) && !asked(step);
        let mut early = self.see(|step| {
            let due = survey.wanted.contains(step.id.as_str()) || asked(step);
            due && chosen.contains(step.id.as_str()) && !stands(step)
        })?;

        for step in &self.guide.steps {
            for seen in early.remove(step.id.as_str()).unwrap_or_default() {
                let seen =
                    seen.map_err(|e| stopped(step.id.as_str(), step.expected_host().as_ref(), e))?;
                let mut seen = seen.unsaid(&mut told);
                let doubted = std::mem::take(&mut seen.doubts);
                doubts
                    .extend(doubted.into_iter().map(|doubt| Question::of(step.id.as_str(), doubt)));
                left.extend(self.tell_seen(step.id.as_str(), seen));
            }

            let standing = survey.documents.iter().filter(|document| {
                document.step == step.id && chosen.contains(step.id.as_str()) && stands(step)
            });
            for document in standing {
                let mut seen = document.seen.clone().unsaid(&mut told);
                let doubted = std::mem::take(&mut seen.doubts);
                let asked = doubted.into_iter().map(|doubt| Question::of(step.id.as_str(), doubt));
                doubts.extend(asked.filter(|question| !self.is_judged(question)));
                left.extend(self.tell_seen(step.id.as_str(), seen));
            }

            // What a question is about, the step's own look can name; not where it looks for what a
            // step before it is asked about as well. A document tells of itself.
            let is_asked = |id: &StepId| survey.questions.iter().any(|q| q.is_of(id.as_str()));
            if !step.edits() && step.needs.iter().any(is_asked) {
                continue;
            }
            let about = survey
                .questions
                .iter()
                .filter(|q| q.is_of(step.id.as_str()) && q.is_of_any(chosen));
            let nodes: BTreeSet<&NodeName> = about.filter_map(|q| q.node.as_ref()).collect();
            for node in nodes {
                left.extend(self.look_of(step, When::Before, Some(node))?);
            }
        }

        left.extend(self.tell_unready(survey, chosen)?);
        self.sink.tell(&Event::LookedFirst);
        if left.is_empty() { self.ask_all(doubts) } else { Err(Stop::Blocked(left)) }
    }

    /// Has a step look, and ends the run for what is in the way.
    pub(super) fn need(
        &mut self,
        step: &Step,
        when: When,
        only: Option<&NodeName>,
    ) -> Result<(), Stop> {
        let (left, doubts) = self.look_and_doubt(step, when, only)?;
        if !left.is_empty() {
            self.tell_seen(step.id.as_str(), Seen { doubts, ..Seen::default() });
            return Err(Stop::Blocked(left));
        }
        self.judge(doubts.into_iter().map(|d| Question::of(step.id.as_str(), d)).collect())
    }

    /// Asks what looks cannot judge, unless somebody has accepted it as it is, in whatever run.
    pub(super) fn judge(&mut self, doubts: Vec<Question>) -> Result<(), Stop> {
        let open: Vec<Question> = doubts.into_iter().filter(|q| !self.is_judged(q)).collect();
        self.ask_all(open.clone())?;
        for Question { step, code, found, .. } in open {
            let at = self.journal.now();
            self.journal.append(Record::Accepted { step, code, found, at })?;
        }
        Ok(())
    }

    /// Whether somebody has accepted exactly this.
    pub(super) fn is_judged(&self, question: &Question) -> bool {
        let Question { code, found, .. } = question;
        self.journal.history().judged.contains(&(code.clone(), found.clone()))
    }

    /// Has a step look; what is in the way comes back, and what it cannot judge is told.
    pub(super) fn look_of(
        &mut self,
        step: &Step,
        when: When,
        only: Option<&NodeName>,
    ) -> Result<Vec<Problem>, Stop> {
        let (left, doubts) = self.look_and_doubt(step, when, only)?;
        self.tell_seen(step.id.as_str(), Seen { doubts, ..Seen::default() });
        Ok(left)
    }

    /// Has a step look; what is in the way comes back, and what it cannot judge.
    fn look_and_doubt(
        &mut self,
        step: &Step,
        when: When,
        only: Option<&NodeName>,
    ) -> Result<(Vec<Problem>, Vec<Doubt>), Stop> {
        let begun = self.has_begun(step);
        let (mut left, mut doubts) = (Vec::new(), Vec::new());
        for (_, look) in step.looks.iter().filter(|(w, _)| *w == when) {
            let mut seen =
                self.fleet.look(|hosts| look(&LookContext { hosts, node: only, begun }))?.map_err(
                    |e| stopped(step.id.as_str(), only.or(step.expected_host().as_ref()), e),
                )?;
            doubts.append(&mut seen.doubts);
            self.tell_facts(step.id.as_str(), &mut seen, when == When::Before);
            left.extend(self.tell_seen(step.id.as_str(), seen));
        }
        Ok((left, doubts))
    }

    /// What the looks that prove a step miss, in a line each: why an operation failed whose program
    /// said nothing of it.
    pub(super) fn missed(&self, step: &Step) -> Vec<String> {
        let mut missed = Vec::new();
        for (_, look) in step.looks.iter().filter(|(when, _)| *when == When::After) {
            let seen = self.fleet.look(|hosts| look(&LookContext::everywhere(hosts, true)));
            if let Ok(Ok(seen)) = seen {
                missed.extend(seen.problems.into_iter().map(|problem| problem.what));
            }
        }
        // Several looks may see the same.
        let mut once = BTreeSet::new();
        missed.retain(|what| once.insert(what.clone()));
        missed
    }

    /// The survey. Of an installation that has not begun the early looks will be wanted next, and
    /// who is served; of a finished one its proofs; so they are asked along.
    pub(super) fn survey_and_look(&self) -> Result<Survey, Stop> {
        let history = self.journal.history();
        if is_finished(self.guide, history) {
            return self.fleet.look_expecting(BTreeMap::new(), &self.left(), |hosts| {
                let looks = self.guide.steps.iter().flat_map(|step| &step.looks);
                for (_, look) in looks.filter(|(when, _)| *when == When::After) {
                    drop(look(&LookContext::everywhere(hosts, true)));
                }
                self.survey_on(hosts)
            })?;
        }
        if !history.entries.is_empty() {
            return self.survey();
        }
        self.fleet.look(|hosts| {
            for step in &self.guide.steps {
                for (_, look) in step.looks.iter().filter(|(when, _)| *when == When::Early) {
                    drop(look(&LookContext::everywhere(hosts, false)));
                }
            }
            drop(super::elsewhere(self.guide, hosts, &self.options.commands));
            for of in &self.guide.placements {
                drop(Self::served_on(hosts, of));
                drop(unready::would_start(hosts, of));
            }
            self.survey_on(hosts)
        })?
    }

    /// What the early looks of these steps see, all of them asked together.
    fn see(
        &self,
        of: impl Fn(&Step) -> bool,
    ) -> Result<BTreeMap<String, Vec<Result<Seen, HostError>>>, Stop> {
        let steps: Vec<(&Step, bool)> = self
            .guide
            .steps
            .iter()
            .filter(|step| of(step))
            .map(|step| (step, self.has_begun(step)))
            .collect();
        self.fleet.look(|hosts| {
            let early = |(step, begun): &(&Step, bool)| {
                let looks = step.looks.iter().filter(|(when, _)| *when == When::Early);
                (
                    step.id.to_string(),
                    looks.map(|(_, look)| look(&LookContext::everywhere(hosts, *begun))).collect(),
                )
            };
            steps.iter().map(early).collect()
        })
    }

    /// Tells what a look has proved, or found before the step does its work.
    fn tell_facts(&mut self, step: &str, seen: &mut Seen, before: bool) {
        for text in seen.facts.drain(..) {
            self.sink.tell(&Event::Fact { step: step.to_owned(), text, before });
        }
    }

    /// Tells what a look has seen; what is in the way comes back.
    pub(super) fn tell_seen(&mut self, step: &str, mut seen: Seen) -> Vec<Problem> {
        self.tell_facts(step, &mut seen, false);
        for problem in seen.notices {
            self.sink.tell(&Event::Notice { step: step.to_owned(), problem });
        }
        // Asked before the first change; later it can only be told.
        for Doubt { code, node, what, found } in seen.doubts {
            let problem = Problem::new(code, format!("{what}: {found}")).on(node.as_str());
            self.sink.tell(&Event::Notice { step: step.to_owned(), problem });
        }
        self.tell_problems(step, seen.problems)
    }
}
