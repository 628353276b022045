use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::engine::{Event, Outcome, Question};

/// What the runs of an installation told, by step: the latest of each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Told {
    /// What was seen as proof.
    pub evidence: BTreeMap<String, Vec<String>>,
    /// What changed in a file: by step, node and number of the operation.
    pub diffs: BTreeMap<(String, String, u32), String>,
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
        let mut of_run = Told::default();
        let mut attended: BTreeSet<(String, String, u32)> = BTreeSet::new();
        for event in run
            .lines()
            .filter_map(|line| serde_json::from_str::<Line>(line).ok())
            .map(|line| line.event)
        {
            let mut seen = |step: String, text: String| {
                let all = of_run.evidence.entry(step).or_default();
                if !all.contains(&text) {
                    all.push(text);
                }
            };
            match &event {
                Event::OpBegins { attended: true, step, node, number, .. } => {
                    attended.insert((step.clone(), node.0.clone(), *number));
                }
                Event::OpEnds { outcome: Outcome::Done, step, node, number, .. }
                    if attended.contains(&(step.clone(), node.0.clone(), *number)) =>
                {
                    of_run.by_hand.push(format!("{step}: done by hand on {node}, and seen"));
                }
                Event::Question { question, accepted: true, .. } => {
                    let Question { code, node, what, found, .. } = question;
                    let on = if node.0.is_empty() { String::new() } else { format!(" on {node}") };
                    of_run.by_hand.push(format!("{code} accepted{on}: {what}; found: {found}"));
                }
                _ => {}
            }
            match event {
                Event::Fact { step, text } => seen(step, text),
                Event::OpEnds { step, node, proof: Some(proof), .. } => {
                    seen(step, format!("{node}: {proof}"))
                }
                Event::OpBegins { step, node, number, diff: Some(diff), .. } => {
                    of_run.diffs.insert((step, node.0, number), diff);
                }
                Event::Notice { step, problem } => {
                    of_run
                        .notes
                        .entry(step)
                        .or_default()
                        .push(format!("[{}] {}", problem.code, problem.what));
                }
                _ => {}
            }
        }
        // What a later run saw of a step stands for what an earlier one did, as far as it looked at
        // all.
        for (step, seen) in of_run.evidence {
            let known = told.evidence.entry(step).or_default();
            known.retain(|text| !seen.contains(text));
            known.extend(seen);
        }
        for line in of_run.by_hand {
            if !told.by_hand.contains(&line) {
                told.by_hand.push(line);
            }
        }
        told.diffs.extend(of_run.diffs);
        told.notes.extend(of_run.notes);
    }
    told
}
