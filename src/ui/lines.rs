use super::printable;
use crate::engine::{Event, Outcome};
use crate::problem::Problem;

/// An event as lines for people, without colour, the same on a terminal and in a pipe.
pub fn lines(event: &Event) -> Vec<String> {
    let text = match event {
        Event::Announced { command, steps, leftovers } => {
            let todo = steps.iter().filter(|s| s.todo).count();
            let mut out = format!("calha {command}: {todo} of {} steps have something to do\n", steps.len());
            // Ids of several instances are longer than the others.
            let width = steps.iter().map(|s| s.id.len()).max().unwrap_or(0).max(20);
            for (at, step) in steps.iter().enumerate() {
                let mark = if step.todo { ' ' } else { '-' };
                out.push_str(&format!("{:>4} {mark} {:<width$} {}\n", at + 1, step.id, step.title));
            }
            if steps.iter().any(|s| !s.todo) {
                out.push_str("     - nothing to do\n");
            }
            if !leftovers.is_empty() {
                out.push_str("What stays for good once it has begun:\n");
            }
            out + &super::leftovers::leftovers(leftovers)
        }
        Event::LookingFirst => "Before the first change:\n".into(),
        Event::StepBegins { number, of, id, title, section, .. } => {
            format!("[{number:>2}/{of}] {id}: {title}\n        section {section}\n")
        }
        Event::OpBegins { node, commands, .. } => {
            commands.iter().map(|c| format!("        {node}: {c}\n")).collect::<Vec<_>>().concat()
        }
        Event::OpEnds { node, outcome, detail, step, number } => {
            let detail = detail.as_ref().map_or_else(String::new, |d| format!(": {d}"));
            match outcome {
                Outcome::Done => String::new(),
                Outcome::Already => format!("        {node}: already so{detail}\n"),
                Outcome::Adopted => {
                    format!("        {node}: was there before calha; it stays when everything else goes{detail}\n")
                }
                Outcome::Waived => format!("        {node}: accepted as it is{detail}\n"),
                Outcome::TakenBack => format!("        {node}: {step}.{number} taken back{detail}\n"),
                Outcome::Left => format!("        {node}: {step}.{number} stays{detail}\n"),
            }
        }
        Event::Fact { text, .. } => format!("        proof: {text}\n"),
        Event::Notice { problem, .. } => told("note", problem),
        Event::Problem { problem, .. } => told("PROBLEM", problem),
        Event::Question { question, accepted } => {
            let answer = if *accepted { "accepted" } else { "not answered" };
            format!(
                "        question {} on {}: {}; found: {} ({answer})\n",
                question.code, question.node, question.what, question.found
            )
        }
        Event::StepEnds { .. } => "        ok\n".into(),
        Event::Failed { failure } => format!("        FAILED on {}: {}\n", failure.node, failure.title),
        Event::Ended { summary, .. } => format!("{summary}\n"),
    };
    printable(&text).lines().map(str::to_owned).collect()
}

fn told(word: &str, problem: &Problem) -> String {
    let text = problem.to_string().replace('\n', "\n          ");
    format!("        {word} [{}] {text}\n", problem.code)
}
