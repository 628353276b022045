//! The plan of an upgrade for people: what users notice, every command, and the undo.

use std::fmt::Write as _;

use crate::guide::Guide;
use crate::op::Op;
use crate::text::wrapped;
use crate::type_upgrade::{Back, UpgradePlan, Wave};

/// The plan with the commands of its guide.
pub fn text(plan: &UpgradePlan, guide: &Guide) -> String {
    let mut out = format!("Upgrade of resources of {} to version {}\n", plan.base, plan.to);
    for wave in &plan.waves {
        out.push_str(&of_wave(wave));
    }
    out.push_str("\nCommands\n");
    for (step, _, op) in guide.ops() {
        if !out.ends_with(&format!("{}\n", step.title)) && first_of(guide, &op, &step.title) {
            let _ = writeln!(out, "  {}", step.title);
        }
        for command in op.commands() {
            let _ = writeln!(out, "    {command}");
        }
    }
    if !plan.notes.is_empty() {
        out.push_str("\nNotes\n");
        for note in &plan.notes {
            wrapped(&mut out, "  ", note, 80);
        }
    }
    out
}

/// Whether it is the first operation of its step.
fn first_of(guide: &Guide, op: &Op, title: &str) -> bool {
    let of = guide.steps.iter().find(|step| step.title == title);
    of.is_some_and(|step| {
        let node = step.expected_host();
        node.and_then(|node| step.named_ops(&node).into_iter().next())
            .is_some_and(|(_, first)| first == *op)
    })
}

fn of_wave(wave: &Wave) -> String {
    let mut out = format!("\nGroup {}\n", wave.name);
    for one in &wave.moves {
        let how = if one.again { "deleted and created again" } else { one.when.when() };
        let how = format!("{} -> {}, {how}", one.from, one.to);
        wrapped(&mut out, &format!("  {}: ", one.resource), &how, 80);
    }
    outage(&mut out, "Outage", &wave.outage);
    match wave.moves.iter().find_map(|one| match &one.back {
        Back::Never { because } => Some(because),
        _ => None,
    }) {
        Some(because) => {
            wrapped(&mut out, "  No way back: ", because, 80);
        }
        None => outage(&mut out, "Outage of the way back", &wave.back_outage),
    }
    out
}

fn outage(out: &mut String, what: &str, told: &[String]) {
    if told.is_empty() {
        let _ = writeln!(out, "  {what}: none");
        return;
    }
    let _ = writeln!(out, "  {what}:");
    for one in told {
        wrapped(out, "    ", one, 80);
    }
}
