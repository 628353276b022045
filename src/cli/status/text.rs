//! A standing in lines for a screen: three answers first, then what they were concluded from. Only
//! a command that is to be typed may be wider than the screen.

use std::fmt::Write as _;

use super::next::{Next, Way};
use super::past::{Ended, LastRun, Past, Since};
use super::standing::{Contact, InstanceStanding, NodeStanding, Places, Standing};
use crate::journal::StepChoice;
use crate::node::NodeName;
use crate::text::{on_one_line, wrapped};

/// The lines, at most `width` columns wide.
pub fn text(standing: &Standing, width: usize) -> String {
    let mut out = answers(standing, width);
    out.push('\n');
    steps(&standing.journal, &mut out, width);
    if let Some(debugging) = &standing.debugging {
        out.push_str(&debugging.told("debugging ", width));
    }
    out + &of_places(&standing.places, width)
}

/// The three answers, and what is wrong.
pub fn answers(standing: &Standing, width: usize) -> String {
    let mut out = String::new();
    wrapped(&mut out, "healthy   ", &health(standing), width);
    wrapped(&mut out, "last run  ", &last_run(&standing.journal), width);
    next(&standing.way, &mut out, width);

    if standing.problems.len() > 1 {
        out.push('\n');
        for problem in &standing.problems {
            wrapped(&mut out, "  ! ", problem, width);
        }
    }
    out
}

/// The lines of a table that say how one of several installations stands, by its data.
pub fn row(standing: &serde_json::Value) -> Vec<String> {
    let problems = standing["problems"].as_array().map_or(&[][..], Vec::as_slice);
    let Some(first) = problems.first().and_then(serde_json::Value::as_str) else {
        return Vec::new();
    };
    let more = match problems.len() {
        1 => String::new(),
        n => format!("; {} more", n - 1),
    };
    let next = standing["next"].as_str().unwrap_or_default();
    vec![format!("{first}{more}"), format!("next: {next}")]
}

/// Nodes, groups, resources and mounts.
pub fn of_places(places: &Places, width: usize) -> String {
    let mut out: String = places.nodes.iter().map(|node| of_node(node, width)).collect();
    places.instances.iter().for_each(|instance| of_instance(instance, &mut out, width));
    out
}

/// What to do next; a command is to be copied, so each stands in a line of its own.
fn next(next: &Next, out: &mut String, width: usize) {
    if let [Way { what: None, commands }] = &next.0[..]
        && let [only] = &commands[..]
    {
        let _ = writeln!(out, "next      {}", only.told());
        return;
    }

    let ways = next.told_by(|way, before| (way.commands.clone(), before));
    for (at, (commands, before)) in ways.into_iter().enumerate() {
        let begin = if at == 0 { "next      " } else { "          " };
        wrapped(out, begin, if before.is_empty() { "type" } else { &before }, width);
        for command in commands {
            let _ = writeln!(out, "          {}", command.told());
        }
    }
}

/// A node that answered, or did not.
fn of_node(node: &NodeStanding, width: usize) -> String {
    let said = match &node.answer {
        Contact::Answers => "answers".to_owned(),
        Contact::NotAsked => "not asked".to_owned(),
        Contact::Awaited => "no answer yet".to_owned(),
        Contact::Silent => "silent".to_owned(),
        Contact::Unreachable { why } => on_one_line(why),
    };
    let state = node.state.as_deref().unwrap_or("-");
    let mut out = String::new();
    let before = format!("node      {:<12} {state:<6} ", node.name.as_str());
    wrapped(&mut out, &before, &said, width);
    out
}

fn health(standing: &Standing) -> String {
    let Some(first) = standing.problems.first() else {
        let served = |i: &InstanceStanding| {
            let holders: Vec<&str> = i.holders().map(NodeName::as_str).collect();
            format!("{} is served by {}", i.name, holders.join(" and "))
        };
        let served: Vec<String> = standing.places.instances.iter().map(served).collect();
        return match standing.is_looking {
            true => format!("so far: {}; files are being looked at", served.join(", ")),
            false => format!("yes: {}", served.join(", ")),
        };
    };
    let more = match standing.problems.len() {
        1 => String::new(),
        n => format!("; {} more below", n - 1),
    };
    format!("NO: {first}{}{more}", still_served(standing))
}

/// Whom users reach all the same: whether they do is the first thing that is asked.
fn still_served(standing: &Standing) -> String {
    let served = |i: &InstanceStanding| Some(format!("; {} is served by {}", i.name, i.server()?));
    standing.places.instances.iter().filter_map(served).collect()
}

fn last_run(past: &Past) -> String {
    if let Some(Since { command, at, ended }) = &past.since {
        let told = format!("{command} at {at}: {}", on_one_line(ended));
        // Why the installation is not whole is of interest still.
        let is_open = |last: &LastRun| {
            matches!(last.ended, Ended::Within { .. } | Ended::Failed { .. } | Ended::Stuck { .. })
        };
        return match past.last_run.as_ref().is_some_and(is_open) {
            true => format!("{told}; before that {}", run_of_journal(past)),
            false => told,
        };
    }
    run_of_journal(past)
}

/// The last run that the journal knows.
fn run_of_journal(past: &Past) -> String {
    let Some(LastRun { run, ended, why: stopped }) = &past.last_run else {
        return "none from here".to_owned();
    };
    let at = |step: &str, node: &Option<NodeName>| match node {
        Some(node) => format!("{step} on {node}"),
        None => step.to_owned(),
    };
    let because = |why: &Option<String>| {
        why.as_deref().map_or_else(String::new, |why| format!(": {}", on_one_line(why)))
    };

    let how = match ended {
        Ended::Whole => "done".to_owned(),
        Ended::Undone => "everything was undone".to_owned(),
        Ended::Removed { instance } => format!("{instance} was undone"),
        Ended::DonePart { chosen } => format!("done{}", named(chosen)),
        Ended::UndonePart => "done, what it was to undo is undone".to_owned(),
        Ended::TakenOver => "done, what the nodes keep was taken over".to_owned(),
        Ended::AtWork { .. } => "at work".to_owned(),
        Ended::Within { step, node } => format!("cut off in {}", at(step, node)),
        Ended::Failed { step, node, why } => {
            format!("failed in {}{}", at(step, node), because(why))
        }
        Ended::Stuck { step, node, why, .. } => {
            format!("could not undo {}{}", at(step, node), because(why))
        }
        Ended::Early => format!("stopped before its end{}", because(stopped)),
    };
    format!("{} at {}: {how}", run.command, run.at)
}

/// The steps that a run was to do, as they were named.
fn named(chosen: &StepChoice) -> String {
    let only = Some(chosen.only.join(", ")).filter(|only| !only.is_empty());
    let only = only.map_or_else(String::new, |only| format!(", only {only}"));
    let from = chosen.from.as_ref().map_or_else(String::new, |from| format!(", from {from} on"));
    only + &from
}

fn steps(past: &Past, out: &mut String, width: usize) {
    let done = format!(
        "{} of {} done; a run has {} more, which leave nothing to undo",
        past.done, past.steps, past.passing
    );
    wrapped(out, "steps     ", &done, width);
    if past.begun && !past.open.is_empty() {
        wrapped(out, "          ", &format!("open: {}", past.open.join(", ")), width);
    }
    if !past.accepted.is_empty() {
        let accepted = format!("accepted as they are: {}", past.accepted.join(", "));
        wrapped(out, "          ", &accepted, width);
    }
    // A path is never broken: one that is too long has a line of its own.
    let fits = 10 + past.journal.chars().count() <= width;
    let before = if fits { "journal   " } else { "journal\n          " };
    let _ = writeln!(out, "{before}{}", past.journal);
}

fn of_instance(instance: &InstanceStanding, out: &mut String, width: usize) {
    let InstanceStanding { name, host, address, group, share, .. } = instance;
    wrapped(out, "instance  ", &format!("{name} ({host}, {address})"), width);
    if instance.states.values().all(Option::is_none) {
        wrapped(out, &format!("  {group:<18} "), "no node tells a state of it", width);
        return;
    }
    for (node, state) in &instance.states {
        let mounted = match instance.mounted.get(node) {
            Some(Some(true)) => format!(", {share} mounted"),
            _ => String::new(),
        };
        let state = state.as_deref().unwrap_or("-");
        let before = format!("  {group:<18} {:<12} ", node.as_str());
        wrapped(out, &before, &format!("{state}{mounted}"), width);
    }

    for resource in &instance.resources {
        let state = resource.state.as_deref().unwrap_or("-");
        let switched = match resource.enabled {
            Some(true) => ", enabled",
            Some(false) => ", disabled",
            None => "",
        };
        let before = format!("  {:<18} {:<12} ", resource.name, resource.node.as_str());
        let text = resource.text.as_deref().map_or_else(String::new, |t| format!(": {t}"));
        wrapped(out, &before, &on_one_line(&format!("{state}{switched}{text}")), width);
    }
}
