//! The codes behind `--accept`: one that calha never prints is a slip, and not silently of no use.
//! What each accepts is decided where its problem or question is.

use std::collections::BTreeSet;

use super::loading::history;
use crate::engine::unknown_steps;
use crate::guide::Guide;
use crate::problem::{Problem, codes, known, step_in};
use crate::step::StepKind;
use crate::text::nearest;

/// A code as it may stand behind `--accept`, whatever the profile.
///
/// # Errors
/// With the nearest one.
pub fn accepted_code(word: &str) -> Result<String, String> {
    let is_known = match step_in(word) {
        None => known(word).is_some_and(|entry| !entry.code.contains("STEP")),
        Some(step) => StepKind::of_id(step).is_some(),
    };
    if is_known {
        return Ok(word.to_owned());
    }

    let all: Vec<String> = codes()
        .flat_map(|entry| match entry.code.contains("STEP") {
            true => StepKind::ALL.iter().map(|k| entry.code.replace("STEP", k.as_str())).collect(),
            false => vec![entry.code.to_owned()],
        })
        .collect();
    let meant = nearest(word, all.iter().map(String::as_str));
    let meant = meant.map_or_else(String::new, |near| format!("; did you mean {near}?"));
    Err(format!(
        "no problem and no question has this code{meant}\n  \
                 hint: calha explain --codes lists them, and calha explain CODE explains one"
    ))
}

/// What is wrong with the steps in these codes, by the steps of the profile and those that have
/// begun: with other settings there were others.
pub fn unknown_in(accept: &[String], guide: &Guide) -> Vec<Problem> {
    let steps: Vec<&str> = accept.iter().filter_map(|code| step_in(code)).collect();
    if steps.is_empty() {
        return Vec::new();
    }

    let history = history(&guide.cluster, &guide.profile).unwrap_or_default();
    let begun: BTreeSet<&str> = history.entries.keys().map(|key| key.step.as_str()).collect();
    let mut known: Vec<&str> = guide.steps.iter().map(|step| step.id.as_str()).collect();
    known.extend(begun.into_iter().filter(|step| guide.step(step).is_none()));
    // A command may have steps of its own.
    let is_here =
        |step: &&str| guide.steps.iter().any(|s| Some(s.id.kind) == StepKind::of_id(step));
    unknown_steps(&known, steps.into_iter().filter(is_here))
}
