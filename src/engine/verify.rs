//! Looks whether everything is as an installation would leave it, and proves it where that can be
//! proved. It changes nothing. Where a group stands is no part of it: a position is reported, not
//! enforced. Mending what it finds is left to `install`.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;

use super::{Engine, Finding, Question, Stop, Survey, on_each, stopped};
use crate::guide::Guide;
use crate::journal::State;
use crate::problem::{Problem, codes};
use crate::step::{Lifespan, Look, LookContext, Seen, Step, StepId, When};

impl Engine<'_> {
    /// What was found, and what is wrong. What would keep a document from being edited keeps it
    /// from being right.
    ///
    /// # Errors
    /// A host that cannot be asked. Settings that were others when steps began: what these did
    /// would be looked for in the wrong places.
    pub fn verify(&mut self) -> Result<(Survey, Vec<Problem>), Stop> {
        self.refuse_other_settings()?;
        let survey = self.survey()?;
        let mut problems = self.elsewhere()?;
        let mut told = Seen::default();
        for document in &survey.documents {
            let seen = document.seen.clone().unsaid(&mut told);
            problems.extend(self.tell_proof(&document.step, seen));
        }

        let guide = self.guide;
        let proved: Vec<&Step> =
            guide.steps.iter().filter(|step| is_proved(guide, step, &survey)).collect();
        let reached = self.reach_all(&proved);
        for step in proved {
            for seen in self.proofs_of(step, &mut told)? {
                problems.extend(self.tell_proof(step.id.as_str(), seen));
            }
            if let Some(address) = step.answers_at {
                self.tell_reached(step, address, reached[&address].clone());
            }
        }

        problems.extend(self.not_checked(&survey));
        Ok((survey, problems))
    }

    /// Where a run ends, what it did is looked at once more: a program that ran later may have
    /// undone it, whatever it said of itself.
    ///
    /// # Errors
    /// What is not there any more.
    pub(super) fn still_stands(&mut self, steps: &[&Step]) -> Result<(), Stop> {
        // All of it is expected to stand, so that most often one round is enough.
        let left = self.left();
        let survey =
            self.fleet.look_expecting(BTreeMap::new(), &left, |hosts| self.survey_on(hosts))??;
        let is_gone = |finding: &&Finding| {
            let done = finding.state == State::Done && survey.is_odd(finding, &[]);
            done && steps.iter().any(|step| step.id.as_str() == finding.key.step)
        };
        let mut all = Vec::new();
        for finding in survey.findings.iter().filter(is_gone) {
            let found = finding.reality.as_ref().map_or_else(Clone::clone, ToString::to_string);
            let what =
                format!("{}: it was done in this run, and is not so now: {found}", finding.key);
            let problem = Problem::new(codes::RUN_UNDONE, what).on(finding.id.node.as_str());
            let hint = format!(
                "a later step, or somebody else, undid it; what was it? Then type this, which does \
                 it again or asks: {}",
                self.commands().of("install")
            );
            all.extend(self.tell_problems(finding.key.step.as_str(), vec![problem.hint(hint)]));
        }
        if all.is_empty() { Ok(()) } else { Err(Stop::Blocked(all)) }
    }

    /// Ends a run of these steps that has nothing to do, unless `verify` would find something wrong
    /// with what they did: that no operation does again, so it is named.
    ///
    /// # Errors
    /// What is wrong, or cannot be judged.
    pub(super) fn end_idle(
        &mut self,
        survey: &Survey,
        chosen: &BTreeSet<String>,
    ) -> Result<(), Stop> {
        let (mut problems, mut doubts, mut told) = (Vec::new(), Vec::new(), Seen::default());
        let guide = self.guide;
        let is_meant =
            |step: &&Step| chosen.contains(step.id.as_str()) && is_proved(guide, step, survey);
        for step in guide.steps.iter().filter(is_meant) {
            for seen in self.proofs_of(step, &mut told)? {
                let asked = seen.doubts.into_iter().map(|d| Question::of(step.id.as_str(), d));
                doubts.extend(asked);
                problems.extend(self.tell_problems(step.id.as_str(), seen.problems));
            }
        }
        problems.extend(self.not_checked(survey));

        if !problems.is_empty() {
            return Err(Stop::Blocked(problems));
        }
        self.judge(doubts)?;
        self.end(0, "nothing to do")
    }

    /// What the looks that prove a step see, without what was told before.
    fn proofs_of(&self, step: &Step, told: &mut Seen) -> Result<Vec<Seen>, Stop> {
        let node = step.expected_host();
        let looks = step.looks.iter().filter(|(when, _)| *when == When::After);
        let see = |(_, look): &(When, Look)| {
            let seen = self.fleet.look(|hosts| look(&LookContext::everywhere(hosts, true)))?;
            let seen = seen.map_err(|e| stopped(step.id.as_str(), node.as_ref(), e))?;
            Ok(seen.unsaid(told))
        };
        looks.map(see).collect()
    }

    /// Tries the addresses of these steps at once: each that does not answer takes its time.
    fn reach_all(&self, steps: &[&Step]) -> BTreeMap<SocketAddr, Result<(), String>> {
        let addresses: Vec<SocketAddr> = steps.iter().filter_map(|step| step.answers_at).collect();
        let reach = self.reach;
        let answers = on_each(&addresses, true, |address| reach(*address));
        let lost = || Err("no connection was tried".to_owned());
        let answers = answers.into_iter().map(|answer| answer.unwrap_or_else(lost));
        addresses.into_iter().zip(answers).collect()
    }

    /// Tells what a proof has seen. What it could not judge counts as long as nobody has accepted
    /// it.
    fn tell_proof(&mut self, step: &str, mut seen: Seen) -> Vec<Problem> {
        for doubt in std::mem::take(&mut seen.doubts) {
            let question = Question::of(step, doubt.clone());
            if !self.is_judged(&question) {
                let what = format!("{}: {}", doubt.what, doubt.found);
                let problem = Problem::new(doubt.code, what).on(doubt.node.as_str());
                seen.problems.push(problem.hint(format!(
                    "if that is meant to be so, have it accepted: {} --accept {}",
                    self.commands().of("verify"),
                    doubt.code
                )));
            }
        }
        self.tell_seen(step, seen)
    }

    /// Lasting steps that were done where nothing can be asked now.
    fn not_checked(&mut self, survey: &Survey) -> Vec<Problem> {
        let lasting =
            |key: &str| self.guide.step(key).is_some_and(|step| step.lifespan == Lifespan::Lasting);
        let mut left = Vec::new();
        for finding in survey.findings.iter().filter(|f| lasting(&f.key.step)) {
            let Err(why) = &finding.reality else { continue };
            if finding.is_work() {
                continue;
            }
            let what = format!("not proved: {}: {why}", finding.key);
            let problem = Problem::new(codes::VERIFY_NOT_CHECKED, what);
            left.extend(self.tell_problems(finding.key.step.as_str(), vec![problem]));
        }
        left
    }
}

/// Whether its proofs can hold: nothing of it is left to do. What only looks, looks at what the
/// steps did that it needs.
fn is_proved(guide: &Guide, step: &Step, survey: &Survey) -> bool {
    let is_settled =
        |id: &StepId| !survey.has_work(id.as_str()) && !survey.waiting.contains(id.as_str());
    if step.acts() {
        return is_settled(&step.id);
    }
    let lasting =
        |id: &StepId| guide.step(id.as_str()).is_some_and(|s| s.acts() && !s.takes_position());
    step.needs.iter().filter(|id| lasting(id)).all(is_settled)
}
