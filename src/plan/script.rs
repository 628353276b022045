//! An installation as shell scripts for somebody who carries them to the nodes by hand. Each holds
//! the very text that an installation sends, refuses to run before its turn and is safe to run
//! twice. What the text of an operation is, is decided in `op`.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::guards;
use crate::engine::{Proposal, Proposed};
use crate::guide::Guide;
use crate::host::Due;
use crate::node::{NodeName, NodePath};
use crate::op::shell::PRELUDE;
use crate::op::{Op, OpId, Run, Touches, quote};
use crate::step::{Lifespan, Role, Scope, Step};

/// A self-contained Bourne script for one node, up to the point where another node's turn comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// `03-Node1.sh`: run in the order of their names.
    pub name: String,
    pub node: NodeName,
    /// What it prints at its end; the next script on another node wants it behind its name.
    pub code: String,
    pub text: String,
}

/// A step with its place in the guide, from 1, and its operations on a node.
struct Placed<'g> {
    at: usize,
    step: &'g Step,
    ops: Vec<(OpId, Op)>,
}

/// The part of a guide between two hand-overs.
struct Part<'g> {
    node: NodeName,
    /// Whether this is where the node is looked at, before the first change anywhere.
    looks: bool,
    steps: Vec<Placed<'g>>,
}

/// The whole installation as scripts to carry over by hand. Each holds the text that an
/// installation sends, operation by operation; safe to run twice.
pub fn scripts(guide: &Guide) -> Vec<Script> {
    let parts = parts(guide);
    let of = parts.len();
    let name = |at: usize| {
        parts.get(at).map_or_else(String::new, |part| format!("{:02}-{}.sh", at + 1, part.node))
    };
    parts
        .iter()
        .enumerate()
        .map(|(at, part)| Script {
            name: name(at),
            node: part.node.clone(),
            code: code(guide, at + 1),
            text: render(guide, part, at + 1, of, &name(at + 1)),
        })
        .collect()
}

/// The text of what is proposed, operation by operation and node by node, without what each script
/// begins with.
pub fn script_of(about: &Proposal<'_>) -> String {
    let mut out = String::new();
    let mut on: Option<&NodeName> = None;
    for Proposed { node, id, op, share, .. } in &about.ops {
        if on.replace(node) != Some(node) {
            // Writing into a String cannot fail.
            let _ = writeln!(out, "#### on {node}");
        }
        out.push_str(&Due::unseen(id, op).on_share(share.clone()).to_shell());
    }
    out
}

/// What a script prints at its end and the next one wants, so that none is run before its turn. No
/// secret.
fn code(guide: &Guide, number: usize) -> String {
    let digest =
        Sha256::digest(format!("{}\n{}\n{}\n{number}", guide.cluster, guide.profile, guide.digest));
    digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

/// First every node is looked at. Then steps that run on each node independently are done for one
/// node after the other, so that hands change seldom.
fn parts(guide: &Guide) -> Vec<Part<'_>> {
    let looked_at = guards::looked_at(guide).into_iter();
    let mut parts: Vec<Part<'_>> =
        looked_at.map(|node| Part { node, looks: true, steps: Vec::new() }).collect();
    let mut at = 0;
    while at < guide.steps.len() {
        let block = guide.steps[at..]
            .iter()
            .take_while(|s| matches!(s.scope, Scope::EachNode(_)))
            .count()
            .max(1);
        let steps: Vec<(usize, &Step)> =
            guide.steps.iter().enumerate().skip(at).take(block).collect();

        let mut nodes: Vec<NodeName> = Vec::new();
        for (_, step) in &steps {
            for node in step.nodes() {
                if !nodes.contains(&node) {
                    nodes.push(node);
                }
            }
        }

        // Going on where the last part ended saves a hand-over.
        if let Some(last) = parts.last() {
            nodes.sort_by_key(|n| *n != last.node);
        }

        for node in nodes {
            let own = steps.iter().filter(|(_, s)| s.nodes().contains(&node));
            let placed = own
                .map(|(n, step)| Placed { at: *n + 1, step, ops: step.named_ops(&node) })
                .filter(|placed| !placed.ops.is_empty() || guards::shows(placed.step, &node));
            let steps: Vec<_> = placed.collect();

            // What only looks is worth no hand-over.
            match parts.last_mut() {
                Some(last) if last.node == node => last.steps.extend(steps),
                _ if steps.iter().all(|placed| placed.ops.is_empty()) => {}
                _ => parts.push(Part { node, looks: false, steps }),
            }
        }
        at += block;
    }
    parts
}

fn render(guide: &Guide, part: &Part<'_>, number: usize, of: usize, next: &str) -> String {
    let node = part.node.as_str();
    let mut out = format!(
        "#!/bin/sh\n\
         # calha {}: {} for cluster {}, script {number} of {of}.\n\
         # Run it as root on {node}, after script {}. It may be run again: what holds already is \
         not done again.\n\
         # With CALHA_CHECK=1 in the environment it only looks: status 0, or 3 when something \
         differs. Its result is for calha import-results.\n\
         # CALHA_ACCEPT names codes of what is in the way and may be: it goes on in spite of \
         them.\n\
         # Status: 0 done, 1 failed, 3 something else is there (nothing was changed by that \
         operation).\n\
         #\n",
        env!("CARGO_PKG_VERSION"),
        guide.profile,
        guide.cluster,
        if number == 1 { "none: it is the first".into() } else { (number - 1).to_string() },
    );

    if part.looks {
        let _ = writeln!(out, "#   looks whether anything on {node} is in the way");
    }
    for Placed { at, step, .. } in &part.steps {
        let _ =
            writeln!(out, "#   step {at:>2} of {}: {} ({})", guide.steps.len(), step.id, step.cite);
    }

    let _ = writeln!(out, "\nCALHA_RECORD={}\n{PRELUDE}", guide.record);

    let before = if number == 1 { String::new() } else { code(guide, number - 1) };
    let settings = if guide.digest.is_empty() { "none" } else { &guide.digest };
    out.push_str(&guards::first(guide, &part.node, part.looks));

    let _ = writeln!(
        out,
        "calha_begin {} {number} {settings} {} \"${{1-}}\"",
        quote(node),
        quote(&before)
    );

    if part.looks {
        out.push_str(&guards::compared(guide, &part.node));
    }
    part.steps.iter().for_each(|placed| out.push_str(&render_step(guide, part, placed)));
    let _ = writeln!(out, "calha_finish {number} {} {}", code(guide, number), quote(next));
    out
}

/// One step: its operations, and when they are of no interest any more.
fn render_step(guide: &Guide, part: &Part<'_>, placed: &Placed<'_>) -> String {
    let Placed { at, step, ops } = placed;
    let mut out = format!(
        "\n# ---- step {at} of {}: {}\n# {}. {}\ncalha_step={}\n",
        guide.steps.len(),
        step.title,
        step.cite,
        step.why,
        quote(step.id.as_str()),
    );

    let complete = complete(guide, step);
    let mount = if let Scope::Holding { mount, .. } = &step.scope {
        Some(quote(mount.as_str()))
    } else {
        None
    };
    let passes = step.lifespan == Lifespan::Passing && step.role != Role::Records;
    let needless = match &mount {
        _ if passes => Some(format!("calha_over {complete}{}", served(part, step, ops))),
        Some(mount) => Some(format!("calha_over {complete} && calha_elsewhere {mount}")),
        None => None,
    };

    if let Some(needless) = &needless {
        let why = match &mount {
            Some(mount) if !passes => format!("not looked at: {mount} is not mounted here"),
            _ => "not needed any more".into(),
        };
        let _ = writeln!(out, "if {needless}; then\n  calha_needless {}\nelse", quote(&why));
    }

    if let Some(mount) = &mount {
        let stems: Vec<String> = ops.iter().map(|(id, _)| id.file_stem()).collect();
        let _ = writeln!(out, "if calha_holding {mount} {}; then", stems.join(" "));
    }

    if step.role == Role::Completes {
        out.push_str(&guards::proofs(guide, step, &part.node));
    }
    let (due, none) = guards::before(guide, step, &part.node).unwrap_or_default();
    out.push_str(&due);
    for (id, op) in ops {
        let after = after(guide, part, step, id, op);
        let due = Due::unseen(id, op).on_share(step.share());
        let _ = writeln!(out, "\n{after}\n{}", due.to_shell());
    }

    out.push_str(&none);
    out.push_str(&guards::after(guide, step, &part.node));
    out.push_str(if mount.is_some() { "fi\n" } else { "" });
    out.push_str(if needless.is_some() { "fi\n" } else { "" });
    out
}

/// The file that says that the installation of the step's instance is complete; where a step
/// belongs to several, no file does.
fn complete(guide: &Guide, step: &Step) -> String {
    let several = guide.steps.iter().any(|s| s.id.instance.is_some());
    let complete =
        guide.steps.iter().find(|s| s.role == Role::Completes && s.id.instance == step.id.instance);
    let file = complete
        .filter(|_| step.id.instance.is_some() || !several)
        .map(|c| guide.record.join(c.id.as_str()));
    quote(file.as_ref().map_or("", |file| file.as_str()))
}

/// Which operations before this one may change what it looks at: those of this script by name,
/// those of others together.
fn after(guide: &Guide, part: &Part<'_>, step: &Step, id: &OpId, op: &Op) -> String {
    let (mut others, mut stems) = ("no", Vec::new());
    let known = needed(guide, step);

    for before in guide.steps.iter().take_while(|s| s.id != step.id).chain([step]) {
        if before.role == Role::Records || !known.contains(&before.id.as_str()) {
            continue;
        }
        for (other, earlier) in before.nodes().iter().flat_map(|node| before.named_ops(node)) {
            let own = before.id == step.id;
            if own && (other.node != id.node || other.number >= id.number) || !changes(&earlier, op)
            {
                continue;
            }
            if part.steps.iter().any(|s| s.ops.iter().any(|(known, _)| *known == other)) {
                stems.push(other.file_stem());
            } else if other.node == id.node || !matches!(before.scope, Scope::EachNode(_)) {
                others = "yes";
            }
        }
    }
    let mut line = format!("calha_after {others}");
    stems.iter().for_each(|stem| line.push_str(&format!(" {stem}")));
    line
}

/// The steps that a step needs, and those that these need, with the step itself.
fn needed<'g>(guide: &'g Guide, step: &'g Step) -> Vec<&'g str> {
    let (mut open, mut known) = (vec![step], vec![step.id.as_str()]);
    while let Some(step) = open.pop() {
        for need in guide.steps.iter().filter(|s| step.needs.contains(&s.id)) {
            if !known.contains(&need.id.as_str()) {
                known.push(need.id.as_str());
                open.push(need);
            }
        }
    }
    known
}

/// Whether an operation may change what another one looks at: the checks of a command may ask
/// anything, a file is changed under its own name or by a program that touches it.
fn changes(earlier: &Op, later: &Op) -> bool {
    let is_command = |op: &Op| matches!(op, Op::Run(_) | Op::Operator { .. });
    if is_command(later) {
        return is_command(earlier) || matches!(earlier, Op::Edit { .. } | Op::Copy { .. });
    }
    let from = if let Op::Copy { from, .. } = later { Some(from) } else { None };
    let paths: Vec<&NodePath> = later.path().into_iter().chain(from).collect();
    let touched: Vec<NodePath> = match earlier {
        Op::Run(Run { touches, leaves, .. }) => {
            touches.iter().map(Touches::path).chain(leaves.iter().map(|l| l.path.clone())).collect()
        }
        Op::Operator { leaves, .. } => leaves.iter().map(|l| l.path.clone()).collect(),
        _ => earlier.path().into_iter().cloned().collect(),
    };
    touched.iter().any(|path| paths.iter().any(|p| p.is_within(path)))
}

/// When an earlier run of the script has done all that a passing step is for: a copy is made before
/// the first of them begins, a position has to hold until the last has ended. What only later
/// scripts need is needed until this one has ended.
fn served(part: &Part<'_>, step: &Step, ops: &[(OpId, Op)]) -> String {
    let for_these = part.steps.iter().filter(|placed| placed.step.needs.contains(&step.id));
    let stems: Vec<String> =
        for_these.flat_map(|placed| placed.ops.iter().map(|(id, _)| id.file_stem())).collect();
    if stems.is_empty() {
        return String::new();
    }
    let copies = ops.iter().all(|(_, op)| matches!(op, Op::Copy { .. }));
    let ask = if copies { "calha_begun" } else { "calha_served" };
    format!(" || {ask} {}", stems.join(" "))
}
