//! Explains why a command ended early and which command to type next. Every such command works as
//! it is printed, and none that would end at the same place again is proposed. The exit status is
//! in `exit`.

use super::Way;
use crate::cluster::state_entry;
use crate::engine::{Failure, Question, Stop};
use crate::journal::JournalError;
use crate::problem::{Effect, Entry, Problem, codes};
use crate::step::{Remedy, StepKind};
use crate::text::printable;

/// Why a command ended early, what it was about, and the next command to type.
pub fn explain_way(stop: &Stop, way: &Way) -> String {
    explain_rest(stop, way, &|_, _| false)
}

/// The same where some problems and questions, by code and text, stand just above.
pub fn explain_rest(stop: &Stop, way: &Way, is_shown: &dyn Fn(&str, &str) -> bool) -> String {
    let again = way.on();
    let text = match stop {
        Stop::Blocked(problems) => blocked(problems, way, is_shown),
        Stop::Unanswered(questions) => unanswered(questions, way, is_shown),
        Stop::Answered(answers) => {
            let all: Vec<String> =
                answers.iter().map(|(key, value)| format!("{key} = \"{value}\"")).collect();
            format!("{} was chosen\nnext: write it into the profile, then {again}", all.join(", "))
        }
        Stop::Failed(f) => failed(f, way),
        Stop::LeftRunning { step, node, seconds, seen } => {
            let mut out = format!(
                "step {step} on {node} is not finished after {seconds} seconds; calha leaves its \
                 command running\n"
            );
            seen.iter().for_each(|odd| out.push_str(&format!("  seen last: {odd}\n")));
            out + &format!(
                "next: {again}\n      \
                 which waits for it; {} says how long",
                StepKind::limit_of(step)
            )
        }
        Stop::Unreachable(problem) => {
            format!(
                "[{}] {problem}\n\
                 next: {again}\n      \
                 when the node answers again, which this tells: {}",
                problem.code,
                way.commands.of("check")
            )
        }
        Stop::Stuck(problems) => {
            let all: Vec<String> = problems.iter().map(|p| format!("[{}] {p}", p.code)).collect();
            format!("{}\nnext: after that, {}", all.join("\n"), way.after_stuck())
        }
        Stop::Journal(error) => journal(error, again),
        Stop::Declined => {
            format!("you did not agree; calha began nothing after that\nnext: {again}")
        }
        Stop::Interrupted => {
            format!("interrupted between two operations; the journal is consistent\nnext: {again}")
        }
    };

    printable(&text)
}

fn blocked(problems: &[Problem], way: &Way, is_shown: &dyn Fn(&str, &str) -> bool) -> String {
    let told = |p: &Problem| match is_shown(&p.code, &p.what) {
        true => format!("[{}] as shown above", p.code),
        false => format!("[{}] {p}", p.code),
    };
    let mut out: Vec<String> = problems.iter().map(told).collect();
    out.push(match problems.len() {
        1 => format!(
            "1 problem (calha explain {}); calha changed nothing after it",
            problems[0].code
        ),
        n => format!("{n} problems (calha explain CODE); calha changed nothing after them"),
    });
    out.extend(after_problems(problems, way));
    out.join("\n")
}

fn unanswered(questions: &[Question], way: &Way, is_shown: &dyn Fn(&str, &str) -> bool) -> String {
    let mut out = Vec::new();
    for q in questions {
        if is_shown(&q.code, &q.what) {
            out.push(format!("[{}]{}, as shown above", q.code, q.at()));
            continue;
        }
        let node = q.at();
        // What needs hands or a terminal cannot be accepted away.
        let word = if needs_somebody(&q.code) { "to go on" } else { "accepting it" };
        let found = if codes::OPERATOR.is(&q.code) { "do this" } else { "found" };
        let logs = q.remedy.iter().flat_map(|remedy| &remedy.logs);
        let logs: String = logs.map(|log| format!("\n  read: {log}")).collect();
        out.push(format!(
            "[{}]{node} {}\n  {found}: {}{logs}\n  {word}: {}",
            q.code,
            q.what,
            q.found.trim_end().replace('\n', "\n    "),
            q.accepting
        ));
    }
    out.push(after_questions(questions, way));
    out.join("\n")
}

fn journal(error: &JournalError, again: &str) -> String {
    match error {
        JournalError::Held(who) => {
            format!("another calha works with this profile: {who}\nnext: wait until it has ended")
        }
        JournalError::Newer { .. } => {
            format!("{error}\nnext: use the newer calha")
        }
        JournalError::Damaged { .. } => format!(
            "{error}\n\
             next: restore the journal from a copy; each node keeps the intents of its own \
             operations in /var/opt/calha"
        ),
        JournalError::Closed { owner, .. } => closed(error, *owner, again),
        JournalError::Io(error) => {
            format!(
                "calha cannot write the journal: {error}\n\
                 calha began nothing after that.\n\
                 next: make room, then {again}"
            )
        }
    }
}

/// A journal that this user, or this place, does not give. Nothing was begun.
fn closed(error: &JournalError, owner: Option<u32>, again: &str) -> String {
    let name = |id: u32| if id == 0 { "root".to_owned() } else { format!("the user of ID {id}") };
    match owner.map(name) {
        Some(owner) => format!(
            "the journal of this installation belongs to {owner}:\n  {error}\n\
             next: as {owner}, {again}"
        ),
        None => format!(
            "calha cannot open the journal of this installation:\n  {error}\n\
             next: see to that, or set XDG_STATE_HOME to a directory of yours on a disk of this \
             machine; then {again}"
        ),
    }
}

/// Why a step failed, how the cluster stands after it, and the way on.
fn failed(f: &Failure, way: &Way) -> String {
    let mut out = format!(
        "step {} failed on {}\n  wanted: {}\n  section {}\n",
        f.step, f.node, f.title, f.section
    );
    f.commands.iter().for_each(|command| out.push_str(&format!("  command: {command}\n")));
    if let Some(status) = f.status {
        out.push_str(&format!("  status: {status}\n"));
    }
    f.tail.lines().for_each(|line| out.push_str(&format!("  | {line}\n")));
    let is_named = |remedy: &Remedy| remedy.first.contains("calha explain ");
    let mut explained = f.remedy.as_ref().is_some_and(is_named);
    for odd in &f.seen {
        // The first state is enough to know how the others are explained.
        let word = odd.split([' ', ',']).find(|word| state_entry(word, 80).is_some());
        let more = word.filter(|_| !explained).map(|word| format!(" (calha explain {word})"));
        explained |= more.is_some();
        out.push_str(&format!("  seen last: {odd}{}\n", more.unwrap_or_default()));
    }

    if let Some(remedy) = &f.remedy {
        remedy.logs.iter().for_each(|log| out.push_str(&format!("  read: {log}\n")));
    }

    let reason = match &f.remedy {
        Some(remedy) => remedy.first.clone(),
        None => format!("put right what step {} met on {}", f.step, f.node),
    };
    if f.undone {
        let left = "calha undid everything, but for what stays for good.";
        return out + &format!("{left}\nnext: {reason}, then {}", way.same);
    }

    out.push_str("Everything done so far is kept.\n");
    match &f.remedy {
        None => out.push_str(&format!("next: {reason}, then {}", again(f, way))),
        Some(remedy) => out.push_str(&way_out(remedy, &again(f, way), way)),
    }

    if let Some(undo) = &way.undo {
        out.push_str(&format!("\n      or undo everything: {undo}"));
    }
    out
}

/// The command that goes on. A failover without its node would move away what has come there by
/// then.
fn again(f: &Failure, way: &Way) -> String {
    let moves = f.step.starts_with(StepKind::ServiceFailover.as_str());
    let to = if moves && !way.on().contains(" --to") {
        format!(" --to {}", f.node)
    } else {
        String::new()
    };
    format!("{}{to}", way.on())
}

/// What is typed before the command that goes on.
fn way_out(remedy: &Remedy, again: &str, way: &Way) -> String {
    if remedy.commands.is_empty() {
        return format!("next: {}, then {again}", remedy.first);
    }
    let mut out = format!("next: {}, then type\n", remedy.first);
    match &remedy.restart {
        Some(instance) => {
            let only = way.commands.of("service restart");
            let restart = format!("{only} {instance}");
            // The instance need not be named where there is one.
            if [&only, &restart].contains(&&again.trim_end_matches(" --yes").to_owned()) {
                return out + &format!("        {again}");
            }
            out.push_str(&format!("        {restart}\n"));
        }
        None => {
            let on = remedy.node.as_ref().map_or_else(String::new, |node| format!("on {node}: "));
            for command in &remedy.commands {
                out.push_str(&format!("        {on}{command}\n"));
            }
        }
    }
    out + &format!("      then {again}")
}

/// Whether the question is for somebody's hands, or about a setting: no option of the command line
/// answers it.
fn needs_somebody(code: &str) -> bool {
    codes::ATTENDED.is(code)
        || codes::OPERATOR.is(code)
        || *code == codes::CONSENT
        || *code == codes::RESOURCE_TYPE_VERSIONS
}

/// What somebody does about problems that stand above, before they go on.
pub fn before_going_on(problems: &[Problem]) -> &'static str {
    let is_told = problems.iter().all(|problem| problem.remedy.is_some());
    match (is_told, problems) {
        (true, [_]) => "do what the hint says",
        (true, _) => "do what the hints say",
        (false, [_]) => "put this problem right",
        (false, _) => "put these problems right",
    }
}

/// What follows problems: going on once they are put right, or what the hint of one names where
/// going on would end there again.
fn after_problems(problems: &[Problem], way: &Way) -> Vec<String> {
    let known = |p: &Problem| crate::problem::known(&p.code);
    let decides = |p: &&Problem| known(p).is_some_and(Entry::is_settled_by_its_hint);
    if let Some(hint) = problems.iter().find(decides).map(|p| p.remedy.as_deref()) {
        let hint = hint.unwrap_or("change the command: as it is it is refused again");
        return vec![format!("next: {hint}")];
    }

    let mut out = vec![format!("next: {}, then {}", before_going_on(problems), way.on())];
    if problems.iter().any(|p| known(p).is_some_and(|code| code.effect == Effect::Blocks)) {
        out.push("      (--accept CODE goes on in spite of a problem with that code)".into());
    }
    out
}

/// What follows questions: the command that answers them, where the command line can.
fn after_questions(questions: &[Question], way: &Way) -> String {
    let again = way.on();
    if questions.iter().all(|q| q.code == codes::CONSENT) {
        return format!("next: {again} --yes");
    }
    let mut codes: Vec<&str> = questions.iter().map(|q| q.code.as_str()).collect();
    codes.retain(|code| !needs_somebody(code));
    codes.dedup();
    if codes.is_empty() {
        return format!("next: {again}\n      when that is done");
    }
    let accepted: Vec<String> = codes.iter().map(|code| format!(" --accept {code}")).collect();
    // What a failed method asks is settled by its way out.
    match questions.iter().find_map(|question| question.remedy.as_ref()) {
        Some(remedy) => way_out(remedy, again, way),
        None => format!("next: if you want that: {again}{}", accepted.concat()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Commands;

    fn way(begun: bool) -> Way {
        let commands = Commands { profile: "a b.toml".into(), ..Commands::default() };
        let resume = Some(commands.of("resume"));
        Way { resume, begun, ..Way::again("calha uninstall 'a b.toml' --yes".into(), commands) }
    }

    fn next(stop: &Stop, begun: bool) -> String {
        let told = explain_way(stop, &way(begun));
        let at = told.find("next: ").unwrap_or_else(|| panic!("{told}"));
        told[at..].to_owned()
    }

    #[test]
    fn what_ends_a_command_names_what_goes_on_whatever_its_code() {
        for code in codes::codes().filter(|code| code.effect != Effect::Said) {
            let problem = Problem::new(codes::CONSENT, "it is so").hint("do THIS");
            let problem = Problem { code: code.code.into(), ..problem };
            let stop = Stop::Blocked(vec![problem]);
            let (before, after) = (next(&stop, false), next(&stop, true));
            if code.is_settled_by_its_hint() {
                assert_eq!((before.as_str(), &after), ("next: do THIS", &before), "{}", code.code);
                continue;
            }
            let same = "next: do what the hint says, then calha uninstall 'a b.toml' --yes";
            assert!(before.starts_with(same), "{}: {before}", code.code);
            let resume = "next: do what the hint says, then calha resume 'a b.toml'";
            assert!(after.starts_with(resume), "{}: {after}", code.code);
            let accepts = code.effect == Effect::Blocks;
            assert_eq!(before.contains("--accept"), accepts, "{}: {before}", code.code);
        }
    }

    #[test]
    fn a_question_is_answered_by_the_command_that_is_named() {
        let question = |code: &str| Question { code: code.into(), ..Question::consent() };
        let told = |codes: &[&str]| {
            next(&Stop::Unanswered(codes.iter().map(|code| question(code)).collect()), true)
        };
        assert_eq!(told(&["consent"]), "next: calha resume 'a b.toml' --yes");
        let accepted = told(&["drift.accounts", "drift.accounts", "operator.backup"]);
        assert!(
            accepted.ends_with("calha resume 'a b.toml' --accept drift.accounts"),
            "{accepted}"
        );
        assert!(!told(&["operator.backup", "attended.software"]).contains("--accept"));
    }

    #[test]
    fn a_command_ends_its_line_and_follows_a_colon_where_it_is_chosen() {
        assert_eq!(next(&Stop::Declined, true), "next: calha resume 'a b.toml'");
        let question = Question { code: "drift.accounts".into(), ..Question::consent() };
        let told = next(&Stop::Unanswered(vec![question]), true);
        assert!(told.starts_with("next: if you want that: calha resume 'a b.toml' "), "{told}");
    }

    #[test]
    fn a_stuck_undo_is_gone_on_with_and_not_widened() {
        let stop = Stop::Stuck(vec![Problem::new(codes::UNDO_STUCK, "it is busy")]);
        assert_eq!(next(&stop, false), "next: after that, calha resume 'a b.toml'");
    }
}
