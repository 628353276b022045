//! Looks whether everything is as an installation would leave it, and proves it where that can be
//! proved. It changes nothing. Where a group stands is no part of it: a position is reported, not
//! enforced. Mending what it finds is left to `install`.

use super::stopped;
use super::{Engine, Event, Stop, Survey};
use crate::problem::{Problem, codes};
use crate::step::{Lifespan, LookContext, When};

impl Engine<'_> {
    /// What was found, and what is wrong. What would keep a document from being edited keeps it
    /// from being right.
    ///
    /// # Errors
    /// A host that cannot be asked.
    pub fn verify(&mut self) -> Result<(Survey, Vec<Problem>), Stop> {
        let survey = self.survey()?;
        let mut problems = self.elsewhere()?;
        let mut told = Vec::new();
        for document in &survey.documents {
            let seen = document.seen.clone().unsaid(&mut told);
            problems.extend(self.tell_seen(&document.step, seen));
        }

        // What is not installed yet cannot be proved.
        if survey.findings.iter().any(super::Finding::is_work) {
            return Ok((survey, problems));
        }

        for step in &self.guide.steps {
            for (_, look) in step.looks.iter().filter(|(when, _)| *when == When::After) {
                let node = step.expected_host();
                let seen = self
                    .fleet
                    .look(|hosts| look(&LookContext::everywhere(hosts, true)))?
                    .map_err(|e| stopped(step.id.as_str(), node.as_ref(), e))?;
                problems.extend(self.tell_seen(step.id.as_str(), seen));
            }
            self.tell_reach(step);
        }

        for finding in survey.findings.iter().filter(|f| f.reality.is_err()) {
            let passing =
                self.guide.step(&finding.key.step).is_some_and(|s| s.lifespan == Lifespan::Passing);
            if !passing {
                let why = finding.reality.as_ref().err().cloned().unwrap_or_default();
                let problem = Problem::new(
                    codes::VERIFY_NOT_CHECKED,
                    format!("{}: not checked: {why}", finding.key),
                );
                self.sink.tell(&Event::Notice { step: finding.key.step.clone(), problem });
            }
        }

        Ok((survey, problems))
    }
}
