//! Each event of a run as plain lines for people, without colour. Terminal, pipe and log get the
//! same words, so that somebody can search a log for what was on the screen. Control characters are
//! spelt out here, since output of nodes passes through.

use crate::engine::{Event, Outage, Outcome, Summary};
use crate::problem::Problem;
use crate::text::{hint, printable, wrapped};

/// An event as lines for people, without colour, the same on a terminal and in a pipe; prose is
/// wrapped at `width`, a command never. In a pipe and in a log nothing is, so that it can be
/// searched.
pub fn lines(event: &Event, width: usize) -> Vec<String> {
    let text = match event {
        Event::Announced { command, steps, leftovers, outages } => {
            let mut out = announced(&format!("calha {command}"), steps, outages, width);
            if !leftovers.is_empty() {
                out.push_str("What stays for good once it has begun:\n");
            }
            out + &super::leftovers::leftovers(leftovers, width.min(80))
        }
        Event::LookingFirst => "Before the first change:\n".into(),
        Event::LookedFirst => String::new(),
        Event::StepBegins { number, of, id, title, section, again, .. } => {
            let mut out = String::new();
            // Numbers go up: a step that a later one made obsolete has had its own.
            let before = if *again { "[again] ".into() } else { format!("[{number:>2}/{of}] ") };
            wrapped(&mut out, &before, &format!("{id}: {title}"), width);
            let about = match again {
                true => "looked at once more: a later step may have changed it".to_owned(),
                false => format!("section {section}"),
            };
            wrapped(&mut out, "        ", &about, width);
            out
        }
        Event::UndoBegins { number, of, id, title } => undo_begins(*number, *of, id, title, width),
        Event::OpBegins { node, commands, .. } => {
            commands.iter().map(|c| format!("        {node}: {c}\n")).collect::<Vec<_>>().concat()
        }
        Event::OpEnds { .. } => ended(event, width),
        Event::Fact { text, before, .. } => {
            prose(if *before { "before" } else { "proof" }, text, width)
        }
        Event::Notice { problem, .. } => told("note", problem, width),
        Event::Problem { problem, .. } => told("PROBLEM", problem, width),
        Event::Question { question, accepted, .. } => {
            let answer = if *accepted { "accepted" } else { "not answered" };
            let about = format!("question {}{}", question.code, question.at());
            prose(
                &about,
                &format!("{}; found: {} ({answer})", question.what, question.found),
                width,
            )
        }
        Event::StepEnds { .. } => "        ok\n".into(),
        Event::StepSkipped { .. } => "        skipped\n".into(),
        Event::Standing { .. } => String::new(),
        Event::Failed { failure } => {
            format!("        FAILED on {}: step {}\n", failure.node, failure.step)
        }
        Event::Ended { summary, .. } => format!("{summary}\n"),
    };

    printable(&text).lines().map(str::to_owned).collect()
}

/// The list of steps, and the services that are cut off.
fn announced(command: &str, steps: &[Summary], outages: &[Outage], width: usize) -> String {
    let todo = steps.iter().filter(|s| s.todo).count();
    let mut out = format!("{command}: {todo} of {} steps have something to do\n", steps.len());
    // Ids of several instances are longer than the others.
    let longest = steps.iter().map(|s| s.id.len()).max().unwrap_or(0).max(20);
    for (at, step) in steps.iter().enumerate() {
        let mark = if step.todo { ' ' } else { '-' };
        wrapped(
            &mut out,
            &format!("{:>3} {mark} {:<longest$} ", at + 1, step.id),
            &step.title,
            width,
        );
        if !step.commands.is_empty() {
            out.push_str(&format!("        section {}\n", step.section));
        }
        for (node, command) in &step.commands {
            out.push_str(&format!("        {node}: {command}\n"));
        }
        for (node, diff) in &step.diffs {
            out.push_str(&format!("        {node}:\n"));
            diff.lines().for_each(|line| out.push_str(&format!("          {line}\n")));
        }
    }

    if steps.iter().any(|s| !s.todo) {
        out.push_str("    - nothing to do\n");
    }
    cut_off(&mut out, outages, longest, width);
    out
}

/// The services that are cut off, and by which step; names of steps are `longest` columns wide.
pub(super) fn cut_off(out: &mut String, outages: &[Outage], longest: usize, width: usize) {
    for outage in outages {
        let cut = format!("{}: {}", outage.service, outage.what);
        wrapped(out, &format!("    ! {:<longest$} ", outage.step), &cut, width);
    }
}

/// The step that is undone. Its title is what was done, which must not be read as what was achieved
/// now.
pub(super) fn undo_begins(number: usize, of: usize, id: &str, title: &str, width: usize) -> String {
    let mut out = String::new();
    wrapped(&mut out, &format!("[{number:>2}/{of}] "), &format!("undo {id} ({title})"), width);
    out
}

/// How an operation ended; nothing for another event.
pub(super) fn ended(event: &Event, width: usize) -> String {
    let Event::OpEnds { node, outcome, detail, step, number, proof } = event else {
        return String::new();
    };

    let detail = detail.as_ref().map_or_else(String::new, |d| format!(": {d}"));
    let text = match outcome {
        Outcome::Done => match proof {
            Some(proof) => return prose("proof", &format!("{node}: {proof}"), width),
            None => return String::new(),
        },
        Outcome::Already => format!("already so{detail}"),
        Outcome::Adopted => {
            format!("was there before calha; it stays when everything else goes{detail}")
        }
        Outcome::Waived => format!("accepted as it is{detail}"),
        Outcome::Undone => format!("{step}.{number} undone{detail}"),
        Outcome::Left => format!("{step}.{number} stays{detail}"),
    };
    let mut out = String::new();
    wrapped(&mut out, &format!("        {node}: "), &text, width);
    out
}

/// A word and a sentence behind it.
fn prose(word: &str, text: &str, width: usize) -> String {
    let mut out = String::new();
    wrapped(&mut out, &format!("        {word}: "), text, width);
    out
}

fn told(word: &str, problem: &Problem, width: usize) -> String {
    let mut out = String::new();
    let text = problem.to_string();
    let mut parts = text.lines();
    wrapped(
        &mut out,
        &format!("        {word} "),
        &format!("[{}] {}", problem.code, parts.next().unwrap_or_default()),
        width,
    );
    let mut is_told = false;
    for part in parts {
        // A remedy is prose; anything else may be an excerpt or a diff.
        match (part.strip_prefix("  hint: "), part.strip_prefix(Problem::OTHER)) {
            (Some(remedy), _) => {
                is_told = true;
                hint(&mut out, "            hint: ", remedy, width);
            }
            (None, Some(other)) if is_told => {
                hint(&mut out, "                  ", other, width);
            }
            _ => out.push_str(&format!("          {part}\n")),
        }
    }
    out
}
