//! Settings that somebody has to choose before the first change, because the cluster offers several
//! values. What is chosen ends this engine's run at once: the steps follow from the settings, so
//! whoever called goes on with the steps for the answer. The journal keeps it with the run that
//! begins.

use std::collections::{BTreeMap, BTreeSet};

use super::stopped;
use super::{Engine, Picked, Question, Stop, Survey};
use crate::problem::codes;
use crate::step::Alternatives;

impl Engine<'_> {
    /// Has settings chosen that steps of this run need. What nobody chose comes back as questions.
    ///
    /// # Errors
    /// [`Stop::Answered`] when something was chosen.
    pub(super) fn choose_settings(
        &mut self,
        survey: &Survey,
        chosen: &BTreeSet<String>,
    ) -> Result<Vec<Question>, Stop> {
        let mut answers = BTreeMap::new();
        let mut open = Vec::new();
        for (step, of) in self.open_settings(survey, chosen)? {
            let question = question(step, &of);
            match self.person().choose(&question, &of.values) {
                Picked::Value(value) => {
                    answers.insert(of.setting.to_owned(), value);
                }
                Picked::Nothing => open.push(question),
                Picked::Interrupted => return Err(Stop::Interrupted),
            }
        }
        if answers.is_empty() || !open.is_empty() { Ok(open) } else { Err(Stop::Answered(answers)) }
    }

    /// Every setting once, with the first step that needs it.
    fn open_settings(
        &self,
        survey: &Survey,
        chosen: &BTreeSet<String>,
    ) -> Result<Vec<(String, Alternatives)>, Stop> {
        let asked = |step: &str| survey.questions.iter().any(|q| q.is_of(step));
        let due = self.guide.steps.iter().filter(|step| {
            chosen.contains(step.id.as_str())
                && (survey.wanted.contains(step.id.as_str()) || asked(step.id.as_str()))
        });

        let found = self.fleet.look(|hosts| {
            let mut found = Vec::new();
            for step in due.clone() {
                let Some(alternate) = &step.alternatives else { continue };
                let of = alternate(hosts);
                found.push((step, of));
            }
            found
        })?;

        let mut open: Vec<(String, Alternatives)> = Vec::new();
        for (step, of) in found {
            let of = of.map_err(|e| stopped(step.id.as_str(), step.expected_host().as_ref(), e))?;
            if let Some(of) = of.filter(|of| open.iter().all(|(_, o)| o.setting != of.setting)) {
                open.push((step.id.to_string(), of));
            }
        }
        Ok(open)
    }
}

fn question(step: String, of: &Alternatives) -> Question {
    let lines: Vec<String> =
        of.values.iter().map(|value| format!("{} = \"{value}\"", of.setting)).collect();
    Question {
        code: codes::RESOURCE_TYPE_VERSIONS.into(),
        step: Some(step),
        node: Some(of.node.clone()),
        what: of.what.clone(),
        found: of.values.join(" and "),
        remedy: None,
        accepting: format!("write one of these into the profile: {}", lines.join(" or ")),
    }
}
