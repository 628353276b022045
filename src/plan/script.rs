use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use crate::guide::Guide;
use crate::host::NodeName;
use crate::op::script::PRELUDE;
use crate::op::{Op, OpId, quote};
use crate::step::{Kind, Scope, Step};

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
type Placed<'g> = (usize, &'g Step, Vec<(OpId, Op)>);

/// The part of a guide between two hand-overs.
struct Part<'g> {
    node: NodeName,
    steps: Vec<Placed<'g>>,
}

/// The whole installation as scripts to carry over by hand. Each holds the text that an installation sends, operation by operation;
/// safe to run twice.
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

/// The text of one step, operation by operation and node by node, without what each script begins with.
pub fn step_script(step: &Step) -> String {
    let mut out = String::new();
    for node in step.nodes() {
        // Writing into a String cannot fail.
        let _ = writeln!(out, "#### on {node}");
        step.named_ops(&node).into_iter().for_each(|(id, op)| out.push_str(&op.to_shell(&id)));
    }
    out
}

/// What a script prints at its end and the next one wants, so that none is run before its turn. No secret.
fn code(guide: &Guide, number: usize) -> String {
    let digest =
        Sha256::digest(format!("{}\n{}\n{}\n{number}", guide.cluster, guide.profile, guide.digest));
    digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

/// Steps that run on each node independently are done for one node after the other, so that hands change seldom.
fn parts(guide: &Guide) -> Vec<Part<'_>> {
    let mut parts: Vec<Part<'_>> = Vec::new();
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
            let ops = own
                .map(|(n, s)| (*n + 1, *s, s.named_ops(&node)))
                .filter(|(.., ops)| !ops.is_empty());
            let ops: Vec<_> = ops.collect();
            if ops.is_empty() {
                continue;
            }
            match parts.last_mut() {
                Some(last) if last.node == node => last.steps.extend(ops),
                _ => parts.push(Part { node, steps: ops }),
            }
        }
        at += block;
    }
    parts
}

/// What each script asks before it writes anything.
fn guards(guide: &Guide) -> String {
    let mut out = String::from("calha_guards() {\n  :\n");
    for guard in guide.steps.iter().flat_map(|step| &step.guards) {
        let says = quote(&format!("{}; {}", guard.what, guard.hint));
        let wrong = guard.wrong.to_shell();
        let _ = writeln!(out, "  if {wrong}; then calha_guard {says}; fi");
    }
    out + "}\n"
}

fn render(guide: &Guide, part: &Part<'_>, number: usize, of: usize, next: &str) -> String {
    let node = part.node.as_str();
    let several = guide.steps.iter().any(|s| s.instance.is_some());
    let mut out = format!(
        "#!/bin/sh\n# calha {}: {} for cluster {}, script {number} of {of}.\n# Run it as root on {node}, after script {}. It may be run again: what holds already is not done again.\n# With CALHA_CHECK=1 in the environment it only looks. Its result is for calha import-results.\n# Status: 0 done, 1 failed, 3 something else is there (nothing was changed by that operation).\n#\n",
        env!("CARGO_PKG_VERSION"),
        guide.profile,
        guide.cluster,
        if number == 1 { "none: it is the first".into() } else { (number - 1).to_string() },
    );
    for (at, step, _) in &part.steps {
        let _ =
            writeln!(out, "#   step {at:>2} of {}: {} ({})", guide.steps.len(), step.id, step.cite);
    }
    let _ = writeln!(out, "\nCALHA_RECORD={}\n{PRELUDE}", guide.record);
    let before = if number == 1 { String::new() } else { code(guide, number - 1) };
    let settings = if guide.digest.is_empty() { "none" } else { &guide.digest };
    out.push_str(&guards(guide));
    let _ = writeln!(
        out,
        "calha_begin {} {number} {settings} {} \"${{1-}}\"",
        quote(node),
        quote(&before)
    );
    for (at, step, ops) in &part.steps {
        let _ = writeln!(out, "\n# ---- step {at} of {}: {}", guide.steps.len(), step.title);
        let _ = writeln!(out, "# {}. {}", step.cite, step.why);
        // Once the installation is complete, where something stands is of no interest any more, and what moves may have moved.
        let complete =
            guide.steps.iter().find(|s| s.base() == "complete" && s.instance == step.instance);
        let complete = complete
            .filter(|_| step.instance.is_some() || !several)
            .map(|c| guide.record.join(&c.id));
        let mount = if let Scope::Holding { mount, .. } = &step.scope {
            Some(quote(mount.as_str()))
        } else {
            None
        };
        let passes = step.kind == Kind::Passing && step.base() != "record";
        let needless = complete.as_ref().and_then(|file| {
            let stands = format!("test -f \"$R\"{}", quote(file.as_str()));
            match &mount {
                _ if passes => Some(stands),
                Some(mount) => Some(format!("{stands} && calha_elsewhere {mount}")),
                None => None,
            }
        });
        if let Some(needless) = &needless {
            let _ = writeln!(
                out,
                "if {needless}; then\n  calha_op={}\n  calha_say 'not needed any more'\nelse",
                quote(&step.id)
            );
        }
        if let Some(mount) = &mount {
            let _ = writeln!(out, "calha_holding {mount}");
        }
        for (id, op) in ops {
            let _ = writeln!(out, "\n{}", op.to_shell(id));
        }
        if needless.is_some() {
            out.push_str("fi\n");
        }
    }
    let _ = writeln!(out, "calha_finish {number} {} {}", code(guide, number), quote(next));
    out
}
