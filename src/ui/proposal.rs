//! What a step would do, shown before somebody agrees to it: commands that can be copied, diffs,
//! and what cannot be undone. Nodes that get the same are shown once.

use crate::engine::{Proposal, Proposed};
use crate::text::{printable, wrapped};

/// Before a line of a diff that is added, taken away, or says where: green, red, cyan.
const COLOURS: [(char, &str); 3] = [('+', "\u{1b}[32m"), ('-', "\u{1b}[31m"), ('@', "\u{1b}[36m")];

/// What a step would do: each command whole, so that it can be copied, and each diff; nodes that
/// get the same stand together.
pub fn proposal(about: &Proposal<'_>, width: usize, colour: bool) -> String {
    let mut out = String::new();
    if let Some(step) = about.step.filter(|_| !about.undoes) {
        wrapped(&mut out, "        ", step.why, width);
    }

    for (nodes, ops) in together(&about.ops) {
        out.push_str(&format!("        on {}:\n", nodes.join(", ")));
        for proposed in ops {
            for command in proposed.op.commands() {
                out.push_str(&format!("          {}\n", printable(&command)));
            }
            for line in proposed.diff.iter().flat_map(|d| d.lines()) {
                out.push_str(&coloured(&printable(line), colour));
            }
        }
    }

    let mut reasons: Vec<(String, Vec<&str>)> = Vec::new();
    for proposed in about.ops.iter().filter(|p| !about.undoes && !p.op.is_reversible()) {
        let because = proposed.op.inverse(&proposed.id).err().unwrap_or_default();
        match reasons.iter_mut().find(|(known, _)| *known == because) {
            Some((_, nodes)) => nodes.push(proposed.node.as_str()),
            None => reasons.push((because, vec![proposed.node.as_str()])),
        }
    }

    for (because, nodes) in reasons {
        wrapped(
            &mut out,
            "        cannot be undone: ",
            &format!("{}: {because}", nodes.join(", ")),
            width,
        );
    }
    for (node, because) in &about.stays {
        wrapped(&mut out, "        stays: ", &format!("{node}: {because}"), width);
    }
    out
}

fn coloured(line: &str, colour: bool) -> String {
    let code =
        COLOURS.iter().find(|(sign, _)| colour && line.starts_with(*sign)).map(|(_, code)| *code);
    match code {
        Some(code) => format!("            {code}{line}\u{1b}[0m\n"),
        None => format!("            {line}\n"),
    }
}

/// Names of nodes that get the same, and what they get.
fn together(all: &[Proposed]) -> Vec<(Vec<&str>, Vec<&Proposed>)> {
    let mut nodes: Vec<&str> = Vec::new();
    for proposed in all {
        if !nodes.contains(&proposed.node.as_str()) {
            nodes.push(proposed.node.as_str());
        }
    }
    let mut shown: Vec<(Vec<&str>, Vec<&Proposed>)> = Vec::new();
    for node in nodes {
        let own: Vec<&Proposed> = all.iter().filter(|p| p.node.as_str() == node).collect();
        let same = |other: &[&Proposed]| {
            other.len() == own.len()
                && other.iter().zip(&own).all(|(a, b)| a.op == b.op && a.diff == b.diff)
        };
        match shown.iter_mut().find(|(_, ops)| same(ops)) {
            Some((names, _)) => names.push(node),
            None => shown.push((vec![node], own)),
        }
    }
    shown
}
