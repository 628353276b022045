//! Reads back what runs told in their logs. Logs may be torn or of another version, so a line that
//! cannot be read is left out; what the journal knows is never taken from here.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::engine::{Event, Outcome, Question};
use crate::op::OpId;

/// What the runs of an installation told, by step: the latest of each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Told {
    /// What was seen as proof.
    pub evidence: BTreeMap<String, Vec<String>>,
    /// What changed in a file, by operation.
    pub diffs: BTreeMap<OpId, String>,
    /// Notes that were not in the way.
    pub notes: BTreeMap<String, Vec<String>>,
    /// Questions that somebody accepted, and what was done by hand, in their order.
    pub by_hand: Vec<String>,
}

#[derive(Deserialize)]
struct Line {
    event: Event,
}

/// Reads the events of runs, the oldest first; each text is the lines of one run. A line that is
/// torn or of another version is left out.
pub fn told<'t>(runs: impl IntoIterator<Item = &'t str>) -> Told {
    let mut told = Told::default();
    for run in runs {
        told.and_then(of_run(run));
    }
    told
}

fn of_run(run: &str) -> Told {
    let mut told = Told::default();
    let mut attended: BTreeSet<OpId> = BTreeSet::new();
    let lines = run.lines().filter_map(|line| serde_json::from_str::<Line>(line).ok());
    for event in lines.map(|line| line.event) {
        told.note_person(&event, &mut attended);
        told.note(event);
    }
    told
}

impl Told {
    /// What somebody accepted or did by hand; `attended` are the operations that wait for a person.
    fn note_person(&mut self, event: &Event, attended: &mut BTreeSet<OpId>) {
        match event {
            Event::OpBegins { attended: true, step, node, number, .. } => {
                attended.insert(OpId::new(step, node, *number));
            }
            Event::OpEnds { outcome: Outcome::Done, step, node, number, .. }
                if attended.contains(&OpId::new(step, node, *number)) =>
            {
                self.by_hand.push(format!("{step}: done by hand on {node}, and seen"));
            }
            Event::Question { question, accepted: true, .. } => {
                let on = question.at();
                let Question { code, what, found, .. } = question;
                self.by_hand.push(format!("{code} accepted{on}: {what}; found: {found}"));
            }
            _ => {}
        }
    }

    /// What was seen, changed or noted.
    fn note(&mut self, event: Event) {
        match event {
            Event::Fact { step, text, .. } => self.see(step, text),
            Event::OpEnds { step, node, proof: Some(proof), .. } => {
                self.see(step, format!("{node}: {proof}"));
            }
            Event::OpBegins { step, node, number, diff: Some(diff), .. } => {
                self.diffs.insert(OpId { step, node, number }, diff);
            }
            Event::Notice { step, problem } => {
                let line = format!("[{}] {}", problem.code, problem.what);
                self.notes.entry(step).or_default().push(line);
            }
            _ => {}
        }
    }

    fn see(&mut self, step: String, text: String) {
        let all = self.evidence.entry(step).or_default();
        if !all.contains(&text) {
            all.push(text);
        }
    }

    /// Adds a later run. What it saw of a step stands for what an earlier one did, as far as it
    /// looked at all.
    fn and_then(&mut self, later: Self) {
        for (step, seen) in later.evidence {
            let known = self.evidence.entry(step).or_default();
            known.retain(|text| !seen.contains(text));
            known.extend(seen);
        }
        for line in later.by_hand {
            if !self.by_hand.contains(&line) {
                self.by_hand.push(line);
            }
        }
        self.diffs.extend(later.diffs);
        self.notes.extend(later.notes);
    }
}
