//! `calha explain`: a step, a row, an erratum, a problem code or a state of the cluster
//! in words. Commands and undo come
//! from the operations themselves, so they cannot differ from what is run. Explaining never asks a
//! host.

use std::fmt::Write as _;

use super::{Erratum, Guide, Row, errata, erratum, rows};
use crate::cluster::{state_entry, state_words};
use crate::op::Op;
use crate::problem::{Problem, codes};
use crate::step::{Step, StepId};
use crate::text::wrapped;

/// What a step, a row of the guide or an erratum is about, for people, wrapped at `width` columns
/// except for commands.
///
/// # Errors
/// `explain.unknown` with the nearest name.
pub fn explain(topic: &str, guide: &Guide, width: usize) -> Result<String, Problem> {
    let several = has_several(guide);
    if let Some(step) = guide.step(topic) {
        return Ok(of_step(step, several, width));
    }

    // A step that every instance has, by the name it has in all of them.
    let same: Vec<&Step> = guide.steps.iter().filter(|s| s.id.kind.as_str() == topic).collect();
    if !same.is_empty() {
        return Ok(same
            .into_iter()
            .map(|step| of_step(step, several, width))
            .collect::<Vec<_>>()
            .join("\n"));
    }

    if let Some(row) = rows().into_iter().find(|r| r.id.eq_ignore_ascii_case(topic)) {
        return Ok(of_row(row, guide, width));
    }

    if let Some(erratum) = erratum(topic) {
        return Ok(of_erratum(erratum, guide, width));
    }

    if let Some(code) = crate::problem::known(topic) {
        return Ok(crate::problem::entry(code, width));
    }

    if let Some(entry) = state_entry(topic, width) {
        return Ok(entry);
    }

    let states = state_words();
    let mut known: Vec<&str> = guide.steps.iter().map(|s| s.id.as_str()).collect();
    known.extend(rows().iter().map(|r| r.id));
    known.extend(errata().iter().map(|e| e.id));
    known.extend(crate::problem::codes().map(|c| c.code));
    known.extend(states.iter().map(String::as_str));
    let hint = match crate::text::nearest(topic, known.iter().copied()) {
        Some(near) => format!("did you mean {near}?"),
        None => "calha plan lists the steps, docs/guide.md rows and errata, docs/problems.md codes"
            .into(),
    };

    Err(Problem::new(
        codes::EXPLAIN_UNKNOWN,
        format!("{topic:?} is not a step, row, erratum, code or state"),
    )
    .hint(hint))
}

/// Whether there is more than one instance.
fn has_several(guide: &Guide) -> bool {
    guide.steps.iter().any(|s| s.id.instance.is_some())
}

fn of_step(step: &Step, several: bool, width: usize) -> String {
    let mut out = format!("{}: {}\n", step.id, step.title);
    paragraph(&mut out, "Guide", &format!("section {}", step.cite), width);
    paragraph(&mut out, "Why", step.why, width);

    // S and N are items of the models with several instances only.
    let fits = |id: &str| several || !id.starts_with(['S', 'N']);
    for row in rows().into_iter().filter(|r| r.steps.contains(&step.id.kind) && fits(r.id)) {
        paragraph(&mut out, row.id, &format!("the guide: {} calha: {}", row.asks, row.does), width);
    }

    for id in step.cite.errata {
        if let Some(e) = erratum(id) {
            paragraph(
                &mut out,
                e.id,
                &format!("printed: {}. {} Instead: {}", e.printed, e.wrong, e.instead),
                width,
            );
        }
    }

    if !step.needs.is_empty() {
        let needs: Vec<&str> = step.needs.iter().map(StepId::as_str).collect();
        paragraph(&mut out, "Needs", &needs.join(", "), width);
    }

    for node in step.nodes() {
        let ops = step.named_ops(&node);
        if ops.is_empty() {
            continue;
        }

        // Writing into a String cannot fail, here and below.
        let _ = writeln!(out, "On {node}:");
        for (id, op) in ops {
            for command in op.commands() {
                let _ = writeln!(out, "    {command}");
            }
            match op.inverse(&id) {
                Ok(undo) => {
                    for command in undo.iter().flat_map(Op::commands) {
                        let _ = writeln!(out, "      undone by: {command}");
                    }
                }
                Err(because) => {
                    let _ = writeln!(out, "      cannot be undone: {because}");
                }
            }
        }
    }
    out
}

fn of_row(row: &Row, guide: &Guide, width: usize) -> String {
    let mut out = format!("{}: {}\n", row.id, place(row.section));
    paragraph(&mut out, "The guide", row.asks, width);
    paragraph(&mut out, "calha", row.does, width);
    let commands: Vec<String> = row.commands.iter().map(|c| format!("calha {c}")).collect();
    paragraph(&mut out, "Commands", &commands.join(", "), width);

    let several = has_several(guide);
    for step in guide.steps.iter().filter(|s| row.steps.contains(&s.id.kind)) {
        out.push('\n');
        out.push_str(&of_step(step, several, width));
    }
    out
}

fn of_erratum(e: &Erratum, guide: &Guide, width: usize) -> String {
    let mut out = format!("{}: {}\n", e.id, place(e.section));
    paragraph(&mut out, "Printed", e.printed, width);
    paragraph(&mut out, "Wrong", e.wrong, width);
    paragraph(&mut out, "Instead", e.instead, width);
    paragraph(&mut out, "Evidence", &e.evidence.to_string(), width);

    let steps: Vec<&str> = guide
        .steps
        .iter()
        .filter(|s| s.cite.errata.contains(&e.id))
        .map(|s| s.id.as_str())
        .collect();
    if !steps.is_empty() {
        paragraph(&mut out, "Steps", &steps.join(", "), width);
    }
    out
}

/// Where it stands: numbers are sections of the first guide, words name another place.
pub fn place(section: &str) -> String {
    if section.starts_with(|c: char| c.is_ascii_digit()) {
        return format!("section {section}");
    }
    section.to_owned()
}

/// A label and text behind it.
fn paragraph(out: &mut String, label: &str, text: &str, width: usize) {
    wrapped(out, &format!("{:<11}", format!("{label}:")), text, width);
}
