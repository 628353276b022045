//! The guards of steps as a printed script asks them: before anything is begun, before an
//! operation of their step, and as proof at the end. What they ask is the step's; which script asks
//! which is decided here.

use std::fmt::Write as _;

use crate::guide::Guide;
use crate::node::NodeName;
use crate::op::{Check, Op, Run, quote};
use crate::problem::{Effect, can_be_accepted, codes, known};
use crate::step::{Asked, Found, Guard, Lifespan, Step, Weight, When};

/// The nodes that are looked at before the first change on any of them, in the order of the guide.
pub(super) fn looked_at(guide: &Guide) -> Vec<NodeName> {
    let mut nodes: Vec<NodeName> = Vec::new();
    let early = guide.steps.iter().flat_map(|step| &step.guards).filter(|g| g.when == When::Early);
    for guard in early {
        let Asked::Each(of) = &guard.asked else { continue };
        nodes.extend(of.iter().filter(|n| !nodes.contains(n)).cloned().collect::<Vec<_>>());
    }
    nodes
}

/// What a script asks before it writes anything: of the cluster always, of its node where that is
/// looked at for the first time.
pub(super) fn first(guide: &Guide, node: &NodeName, looks: bool) -> String {
    let mut out = String::from("calha_guards() {\n  calha_anew\n");
    for step in &guide.steps {
        let due = |guard: &&Guard| match guard.asked {
            Asked::Each(_) => looks && guard.concerns(node),
            Asked::Any(_) => true,
        };
        let early = step.guards.iter().filter(|guard| guard.when == When::Early);
        early.filter(due).for_each(|guard| one(&mut out, guide, step, guard));
        if looks && step.nodes().first() == Some(node) {
            standing(&mut out, guide, step, node);
        }
        if looks && step.nodes().contains(node) {
            in_place(&mut out, guide, step, node);
        }
    }
    out + "}\n"
}

/// What stands already of a step that asks before it takes something over, or is something else:
/// an installation asks about both before its first change.
fn standing(out: &mut String, guide: &Guide, step: &Step, node: &NodeName) {
    let Some(asks) = step.asks_before_adopting else { return };
    for (_, op) in step.named_ops(node) {
        let (done, absent) = match op {
            Op::Run(Run { done_when, absent_when, .. }) => (done_when, absent_when),
            Op::Operator { done_when, .. } => (done_when.clone(), done_when.negated()),
            _ => continue,
        };
        let drift = codes::DRIFT.of(step.id.as_str());
        let told = |what: &str, hint: &str, code: &str| {
            format!(
                "{} {}",
                quote(&format!("{}: {what}", step.title)),
                quote(&format!("{hint} [{code}]"))
            )
        };
        let remedy = known(asks.as_str()).map_or("", |known| known.remedy.trim_end_matches('.'));
        let there = told(
            "it is there already, and calha did not make it",
            &format!("{remedy}: CALHA_ACCEPT={asks}"),
            asks.as_str(),
        );
        let other = told(
            "something else is there",
            "correct the profile, or remove what is there if nothing needs it",
            &drift,
        );
        // Writing into a String cannot fail.
        let _ = writeln!(
            out,
            "  if calha_fresh {fresh}; then\n    if {done}; then calha_doubt {code} {there}\n    \
             elif {absent}; then :\n    else calha_guard '' {other} = ''; fi\n  fi",
            fresh = quote(&begun_files(guide, step)),
            done = done.to_shell(),
            absent = absent.to_shell(),
            code = quote(asks.as_str()),
        );
    }
}

/// What is no directory where one is to be mounted on, which an installation asks about as well.
fn in_place(out: &mut String, guide: &Guide, step: &Step, node: &NodeName) {
    for (_, op) in step.named_ops(node) {
        let Op::Mkdir { path, mount_point: true, .. } = op else { continue };
        let what = format!("{}: {path} is no directory", step.title);
        let drift = codes::DRIFT.of(step.id.as_str());
        let hint = format!("remove it if nothing needs it, or choose another directory [{drift}]");
        // Writing into a String cannot fail.
        let _ = writeln!(
            out,
            "  if calha_fresh {}; then\n    calha_type \"$R\"{}\n    case $type in\n    \
             missing | directory) ;;\n    *) got=$type; calha_guard '' {} {} = '' ;;\n    \
             esac\n  fi",
            quote(&begun_files(guide, step)),
            quote(path.as_str()),
            quote(&what),
            quote(&hint),
        );
    }
}

/// What a script that looks leaves to whoever runs it: a command, and what to look for. What is
/// compared once everything is done stands with the proofs.
pub(super) fn compared(guide: &Guide, node: &NodeName) -> String {
    let early = |step: &&Step| step.lifespan == Lifespan::Passing;
    guide.steps.iter().filter(early).map(|step| comparisons(step, node)).collect()
}

fn comparisons(step: &Step, node: &NodeName) -> String {
    let mut out = String::new();
    for comparison in step.compared.iter().filter(|_| step.nodes().contains(node)) {
        let says = format!("compare: {}: {}", comparison.command.line(), comparison.what);
        // Writing into a String cannot fail.
        let _ = writeln!(out, "calha_say {}", quote(&says));
    }
    out
}

/// What a script asks where an operation of a step is about to be done on its node, and what is
/// asked of no other step behind it.
pub(super) fn before(guide: &Guide, step: &Step, node: &NodeName) -> Option<(String, String)> {
    let mut asked = String::new();
    for guard in step.guards.iter().filter(|g| g.when == When::Before && g.concerns(node)) {
        one(&mut asked, guide, step, guard);
    }
    let none = "calha_due() { :; }\n".to_owned();
    let due = format!("\ncalha_due() {{\n  calha_anew\n{asked}  calha_refuse\n}}\n");
    Some((due, none)).filter(|_| !asked.is_empty())
}

/// What a script proves on its node once the operations of a step are done there.
pub(super) fn after(guide: &Guide, step: &Step, node: &NodeName) -> String {
    let mut asked = String::new();
    for guard in step.guards.iter().filter(|g| g.when == When::After && g.concerns(node)) {
        one(&mut asked, guide, step, guard);
    }
    if asked.is_empty() {
        return asked;
    }
    format!(
        "\ncalha_op={}\nif calha_provable; then\n  calha_anew\n{asked}  calha_prove {}\nfi\n",
        quote(step.id.as_str()),
        quote(&step.title)
    )
}

/// Whether a step that does nothing shows something on a node, where it comes in the order of the
/// guide. What shows only while it is needed is asked once, at the end.
pub(super) fn shows(step: &Step, node: &NodeName) -> bool {
    let is_proof = |guard: &Guard| guard.when == When::After && guard.concerns(node);
    step.lifespan == Lifespan::Lasting && step.guards.iter().any(is_proof)
}

/// What a script proves on its node before it records an instance as complete: what steps show
/// that do nothing themselves, the service at last.
pub(super) fn proofs(guide: &Guide, completes: &Step, node: &NodeName) -> String {
    let own = guide.steps.iter().filter(|step| step.id.instance == completes.id.instance);
    let left = |step: &Step| match step.lifespan {
        Lifespan::Lasting => comparisons(step, node),
        Lifespan::Passing => String::new(),
    };
    let looking = own.filter(|step| !step.acts());
    looking.map(|step| after(guide, step, node) + &left(step)).collect()
}

/// One guard, in a line.
fn one(out: &mut String, guide: &Guide, step: &Step, guard: &Guard) {
    let mut asked = String::new();
    if guard.only_fresh {
        // Writing into a String cannot fail, here and below.
        let _ = write!(asked, "calha_fresh {} && ", quote(&begun_files(guide, step)));
    }
    let _ = write!(asked, "{{ {}; }}", guard.wrong.to_shell());

    let code = guard.code.as_str();
    let asks = || known(code).is_some_and(|known| known.effect == Effect::Asks);
    let call = match guard.weight {
        Weight::Says => "calha_tell",
        Weight::Asks => "calha_doubt",
        // Before the first change both stop it, and nothing has failed.
        Weight::Look if guard.when == When::After && asks() => "calha_doubt",
        Weight::Look | Weight::Stops => "calha_guard",
    };
    // What is refused whatever anybody says has no name to accept it by.
    let accepted = if can_be_accepted(code) { code } else { "" };
    let only = match &guard.only {
        Check::Always => String::new(),
        only => format!("if {}; then ", only.to_shell()),
    };
    let _ = write!(
        out,
        "  {only}if {asked}; then {call} {} {} {}",
        quote(accepted),
        quote(&guard.what),
        quote(&format!("{} [{code}]", guard.hint))
    );
    let _ = match &guard.found {
        Found::Nothing => Ok(()),
        Found::Command(command) => write!(out, " {}", command.to_shell()),
        Found::Evidence => write!(out, " = {}", quote(guard.wrong.shown_with())),
    };
    if !guard.proved.is_empty() {
        let _ = write!(out, "; else calha_say {}", quote(&guard.proved));
    }
    let _ = writeln!(out, "; fi{}", if guard.only == Check::Always { "" } else { "; fi" });
}

/// Which intents on a node say that a step has begun: its own; where it only looks, any of its
/// instance, or of the whole guide.
fn begun_files(guide: &Guide, step: &Step) -> String {
    match &step.id.instance {
        _ if step.acts() => format!("{}.*", step.id),
        Some(instance) if guide.steps.iter().any(|s| s.id.instance.is_none()) => {
            format!("*-{instance}.*")
        }
        _ => "*".into(),
    }
}
