use super::{Way, printable};
use crate::engine::{Failure, Stop};
use crate::journal::JournalError;
use crate::problem::{Problem, codes};
use crate::step::Remedy;

/// Why a run of an installation ended early, what it was about, and the next command to type. `profile` is the profile's path.
pub fn explain(stop: &Stop, profile: &str) -> String {
    explain_way(stop, &Way::of_installation(profile))
}

/// The same for any command.
pub fn explain_way(stop: &Stop, way: &Way) -> String {
    explain_rest(stop, way, &|_, _| false)
}

/// The same where some problems and questions, by code and text, stand just above.
pub fn explain_rest(stop: &Stop, way: &Way, is_shown: &dyn Fn(&str, &str) -> bool) -> String {
    let (again, profile) = (&way.again, &way.profile);
    let text = match stop {
        Stop::Blocked(problems) => {
            let told = |p: &Problem| match is_shown(&p.code, &p.what) {
                true => format!("[{}] as shown above", p.code),
                false => format!("[{}] {p}", p.code),
            };
            let mut out: Vec<String> = problems.iter().map(told).collect();
            out.push(match problems.len() {
                1 => "1 problem; nothing was changed after it was found".into(),
                n => format!("{n} problems; nothing was changed after they were found"),
            });
            out.push(format!("next: put it right, then {again}"));
            out.push("      (--accept CODE goes on in spite of a problem with that code)".into());
            out.join("\n")
        }
        Stop::Unanswered(questions) => {
            let mut out = Vec::new();
            for q in questions {
                if is_shown(&q.code, &q.what) {
                    out.push(format!("[{}] on {}, as shown above", q.code, q.node));
                    continue;
                }
                let node =
                    if q.node.0.is_empty() { String::new() } else { format!(" on {}", q.node) };
                // What needs hands or a terminal cannot be accepted away.
                let way = if needs_somebody(&q.code) { "the way on" } else { "accepting it" };
                out.push(format!(
                    "[{}]{node} {}\n  found: {}\n  {way}: {}",
                    q.code, q.what, q.found, q.accepting
                ));
            }
            out.push(if questions.iter().all(|q| q.code == codes::CONSENT) {
                "next: the same command with --yes".into()
            } else if questions.iter().all(|q| needs_somebody(&q.code)) {
                format!("next: {again}, when that is done")
            } else {
                format!(
                    "next: the same command with --accept CODE for each, or calha plan {profile}"
                )
            });
            out.join("\n")
        }
        Stop::Failed(f) => failed(f, way),
        Stop::LeftRunning { step, node, seconds, seen } => {
            let mut out = format!(
                "step {step} on {node} is not finished after {seconds} seconds; it was left running\n"
            );
            seen.iter().for_each(|odd| out.push_str(&format!("  seen last: {odd}\n")));
            out + &format!(
                "next: {again}   (it waits for it; the limit is a setting, see limit.cluster)"
            )
        }
        Stop::Unreachable(problem) => {
            format!(
                "[{}] {problem}\nnext: the same command, when the node answers again (calha check {profile} tells)",
                problem.code
            )
        }
        Stop::Stuck(problems) => {
            let all: Vec<String> = problems.iter().map(|p| format!("[{}] {p}", p.code)).collect();
            format!("{}\nnext: after that, calha rollback {profile}", all.join("\n"))
        }
        Stop::Journal(JournalError::Held(who)) => {
            format!("another calha works with this profile: {who}\nnext: wait until it has ended")
        }
        Stop::Journal(error @ JournalError::Newer { .. }) => {
            format!("{error}\nnext: use the newer calha")
        }
        Stop::Journal(error @ JournalError::Damaged { .. }) => format!(
            "{error}\nnext: restore the journal from a copy; each node keeps the intents of its own operations in /var/opt/calha"
        ),
        Stop::Journal(JournalError::Io(error)) => {
            format!(
                "the journal cannot be written: {error}\nNothing was begun after that.\nnext: make room, then {again}"
            )
        }
        Stop::Declined => format!(
            "not agreed to; nothing was begun after that\nnext: {again}, when it is to go on"
        ),
        Stop::Interrupted => {
            format!("interrupted between two operations; the journal is consistent\nnext: {again}")
        }
    };
    printable(&text)
}

/// Why a step failed, how the cluster stands after it, and the way on.
fn failed(f: &Failure, way: &Way) -> String {
    let mut out =
        format!("step {} failed on {}: {}\n  section {}\n", f.step, f.node, f.title, f.section);
    f.commands.iter().for_each(|command| out.push_str(&format!("  command: {command}\n")));
    if let Some(status) = f.status {
        out.push_str(&format!("  status: {status}\n"));
    }
    f.tail.lines().for_each(|line| out.push_str(&format!("  | {line}\n")));
    f.seen.iter().for_each(|odd| out.push_str(&format!("  seen last: {odd}\n")));
    if let Some(remedy) = &f.remedy {
        remedy.logs.iter().for_each(|log| out.push_str(&format!("  read: {log}\n")));
    }
    if f.taken_back {
        let left = "Everything was taken back, but for what stays for good.";
        return out + &format!("{left}\nnext: put it right, then calha install {}", way.profile);
    }
    out.push_str("Everything done so far is kept.\n");
    match &f.remedy {
        None => out.push_str(&format!("next: put it right, then {}", way.again)),
        Some(remedy) => out.push_str(&way_out(remedy, way)),
    }
    if let Some(back) = &way.back {
        out.push_str(&format!("\n      or take everything back: {back}"));
    }
    out
}

/// What is typed before the command that goes on.
fn way_out(remedy: &Remedy, way: &Way) -> String {
    let mut out = format!("next: {}, then type\n", remedy.first);
    match &remedy.restart {
        Some(instance) => {
            out.push_str(&format!("        calha service restart {} {instance}\n", way.profile));
        }
        None => {
            for command in &remedy.commands {
                out.push_str(&format!("        {command}\n"));
            }
            out.push_str("      on a node of the cluster,\n");
        }
    }
    out + &format!("      then {}", way.again)
}

/// Whether the question is for somebody's hands: no option of the command line answers it.
fn needs_somebody(code: &str) -> bool {
    codes::ATTENDED.is(code) || codes::OPERATOR.is(code) || *code == codes::CONSENT
}
