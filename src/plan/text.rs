//! The plan for people, no wider than its reader's screen except for commands and diffs. What
//! cannot be undone, and when users notice something, stands at the end, where it is read last.

use std::fmt::Write as _;

use crate::text::{counted, wrapped};

use super::{Plan, PlanOp, PlanStep, Status};
use crate::engine::Question;
use crate::node::NodeName;
use crate::problem::Problem;

/// The plan for people, at most `width` columns wherever it is not a command or a diff; with
/// `changes` only the steps in which something would change, be asked or stop.
pub fn text(plan: &Plan, changes: bool, width: usize) -> String {
    let mut out = String::new();
    let cites = "Numbers like 6.6.3 are sections of the guide, words like E17 its errata (calha \
                 explain E17).";
    let (name, cluster, steps) = (&plan.profile, &plan.cluster, plan.steps.len());
    let title = format!("Plan of {name} for cluster {cluster}: {steps} steps");
    wrapped(&mut out, "", &title, width);
    wrapped(&mut out, "", &counts(plan), width);
    for problem in &plan.problems {
        wrapped(&mut out, "", &will_stop(problem), width);
    }
    let shown: Vec<&PlanStep> =
        plan.steps.iter().filter(|step| !changes || plan.is_news(step)).collect();
    if !shown.is_empty() {
        wrapped(&mut out, "", cites, width);
    }
    shown.iter().for_each(|step| out.push_str(&of_step(step, width)));
    if !plan.idle {
        out.push_str(&closing(plan, width));
    }
    out
}

/// How much of it is left, in one line.
fn counts(plan: &Plan) -> String {
    let questions: usize = plan.steps.iter().map(PlanStep::asks).sum();
    let findings = plan.problems.len() + plan.steps.iter().map(|s| s.problems.len()).sum::<usize>();
    let ops = || plan.steps.iter().flat_map(|step| &step.ops);
    let done = ops().filter(|op| op.status == Status::Holds).count();
    let unseen = ops().filter(|op| op.status == Status::Offline).count();
    match (plan.idle, findings) {
        (true, 0) => return "nothing to do: the installation is complete".into(),
        (true, _) => {
            let findings = counted(findings, "finding");
            return format!(
                "{findings} on a complete installation: no step does anything about it"
            );
        }
        _ => {}
    }
    if unseen == ops().count() {
        return "calha asked no node: it does not know which steps are done".into();
    }

    let todo = ops().count() - done;
    format!(
        "{} to do, {done} done, {}, {}",
        counted(todo, "operation"),
        counted(questions, "question"),
        counted(findings, "finding")
    )
}

fn of_step(step: &PlanStep, width: usize) -> String {
    let mut out = String::from("\n");
    wrapped(
        &mut out,
        &format!("{:>2}. ", step.number),
        &format!("{}: {}", step.id, step.title),
        width,
    );
    wrapped(&mut out, "    ", &format!("{}. {}", step.section, step.why), width);

    let mut shown: Vec<(Vec<&NodeName>, Vec<&PlanOp>)> = Vec::new();
    for node in &step.nodes {
        let ops: Vec<&PlanOp> = step.ops.iter().filter(|o| o.node == *node).collect();
        match shown.iter_mut().find(|(_, known)| same(known, &ops)) {
            Some((nodes, _)) => nodes.push(node),
            None => shown.push((vec![node], ops)),
        }
    }

    let asks = |q: &Question| {
        let node = q.node.as_ref().map_or_else(String::new, |node| format!("{node}: "));
        format!("WILL ASK: {node}{} (found: {}) [{}]", q.what, q.found, q.code)
    };
    let notes = step.notices.iter().map(|p| format!("note: {} [{}]", said(p), p.code));
    let told = step.problems.iter().map(will_stop).chain(step.questions.iter().map(asks));
    told.chain(notes).for_each(|line| wrapped(&mut out, "    ", &line, width));

    for (nodes, ops) in shown {
        let names: Vec<&str> = nodes.iter().map(|n| n.as_str()).collect();
        let _ = writeln!(
            out,
            "    on {}{}",
            names.join(", "),
            if ops.is_empty() { ": looks and proves, changes nothing" } else { "" }
        );
        ops.iter().for_each(|op| of_op(&mut out, op, width));
    }
    out
}

fn will_stop(problem: &Problem) -> String {
    format!("WILL STOP: {} [{}]", said(problem), problem.code)
}

/// Where it is and what, without the remedy: whoever comes to it is told.
fn said(problem: &Problem) -> String {
    let places = [problem.node.as_deref(), problem.place.as_deref()];
    places.into_iter().flatten().chain([problem.what.as_str()]).collect::<Vec<_>>().join(": ")
}

/// Whether two nodes get the same and stand the same.
fn same(a: &[&PlanOp], b: &[&PlanOp]) -> bool {
    a.len() == b.len()
        && a.iter()
            .zip(b)
            .all(|(x, y)| x.commands == y.commands && x.status == y.status && x.diff == y.diff)
}

/// What stands before each line of what somebody does by hand.
const BY_HAND: &str = "(by hand) ";

fn of_op(out: &mut String, op: &PlanOp, width: usize) {
    if op.commands.iter().any(|line| line.starts_with(BY_HAND)) {
        return by_hand(out, op, width);
    }
    let note = match &op.status {
        Status::Todo | Status::Offline => String::new(),
        Status::Holds => "    # done already".into(),
        Status::Differs { found } => format!("    # WILL ASK: {found}"),
        Status::KnownAfter { step } => format!("    # unless it is so after {step}"),
    };
    for (at, command) in op.commands.iter().enumerate() {
        let _ = writeln!(out, "      {command}{}", if at == 0 { note.as_str() } else { "" });
    }
    for line in op.diff.iter().flat_map(|d| d.lines()) {
        let _ = writeln!(out, "        {line}");
    }
}

/// What somebody does by hand, where it is to be done; what is typed is never broken.
fn by_hand(out: &mut String, op: &PlanOp, width: usize) {
    let begin = format!("      {BY_HAND}");
    match &op.status {
        Status::Holds => {
            out.push_str(&format!("{begin}done already\n"));
            return;
        }
        Status::Differs { found } => wrapped(out, &begin, &format!("WILL ASK: {found}"), width),
        Status::KnownAfter { step } => {
            wrapped(out, &begin, &format!("unless it is so after {step}:"), width);
        }
        Status::Todo | Status::Offline => {}
    }

    for line in op.commands.iter().map(|line| line.strip_prefix(BY_HAND).unwrap_or(line)) {
        match line.starts_with("  ") {
            true => out.push_str(&format!("{begin}{line}\n")),
            false => wrapped(out, &begin, line, width),
        }
    }
}

/// What cannot be undone, and what it leaves: nodes and paths of which the same holds stand
/// together.
fn for_good(plan: &Plan, width: usize) -> String {
    type Left<'p> = Vec<(&'p str, Vec<&'p str>)>;
    let mut all: Vec<(String, Left<'_>, Vec<&str>)> = Vec::new();
    for step in &plan.steps {
        let is_meant = |op: &&PlanOp| op.status != Status::Holds && op.irreversible.is_some();
        for op in step.ops.iter().filter(is_meant) {
            let mut left: Left<'_> = Vec::new();
            for leftover in &op.leaves {
                match left.iter_mut().find(|(what, _)| *what == leftover.what) {
                    Some((_, paths)) => paths.push(leftover.path.as_str()),
                    None => left.push((&leftover.what, vec![leftover.path.as_str()])),
                }
            }
            let because =
                format!("{}: {}", step.id, op.irreversible.as_deref().unwrap_or_default());
            let node = op.node.as_str();
            match all.iter_mut().find(|(text, known, _)| *text == because && *known == left) {
                Some((.., nodes)) if nodes.contains(&node) => {}
                Some((.., nodes)) => nodes.push(node),
                None => all.push((because, left, vec![node])),
            }
        }
    }

    let mut out = String::new();
    if !all.is_empty() {
        out.push_str("\nWhat cannot be undone:\n");
    }
    for (because, left, nodes) in all {
        wrapped(&mut out, "  ", &format!("{}: {because}", nodes.join(", ")), width);
        for (what, paths) in left {
            wrapped(&mut out, "    leaves ", &format!("{what}: {}", paths.join(" ")), width);
        }
    }
    out
}

fn closing(plan: &Plan, width: usize) -> String {
    let mut out = for_good(plan, width);
    for note in &plan.notes {
        out.push('\n');
        wrapped(&mut out, "", note, width);
    }

    let left = |id: &str| plan.steps.iter().find(|step| step.id == id && step.is_todo());
    if let Some(step) = left(&plan.noticed_from) {
        let (number, id) = (step.number, &step.id);
        let text = format!("Users of the calendar notice nothing before step {number} ({id}).");
        out.push('\n');
        wrapped(&mut out, "", &text, width);
    }

    for outage in &plan.outages {
        let step = plan.steps.iter().find(|s| s.id == outage.step);
        let at = step.map_or_else(String::new, |s| format!("Step {} ({}), ", s.number, s.id));
        wrapped(&mut out, "", &format!("{at}{}: {}.", outage.service, outage.what), width);
    }

    if left("directory-server").is_some() {
        let text = "Users of the directory may notice the new indexes of step directory-server.";
        wrapped(&mut out, "", text, width);
    }

    let unseen =
        plan.steps.iter().flat_map(|s| &s.ops).filter(|o| o.status == Status::Offline).count();
    if unseen > 0 {
        let text = format!(
            "calha asked no node. It does not know which of {unseen} operations hold already, \
             what the edited files contain, or whether the nodes meet the prerequisites."
        );
        wrapped(&mut out, "", &text, width);
    }
    out
}
