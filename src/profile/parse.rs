//! The text of a profile to answers, with all mistakes of syntax that the parser finds, at most one
//! a line. An answer is taken only from a text without such mistakes, since a broken line may have
//! swallowed the next. What keys mean is left to `flatten`.

use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use super::flatten::flatten;
use super::slip::slip;
use crate::problem::{Problem, codes};
use crate::setting::{Answers, MOST_PROBLEMS};
use crate::text::{Position, excerpt, on_one_line};

/// Reads the answers in the text of a profile named `file`.
///
/// What is wrong is kept in the answers and comes out when they are resolved.
pub fn parse(file: &str, text: &str) -> Answers {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut answers = Answers::from_file(file);
    if text.trim().is_empty() {
        let problem = Problem::new(codes::PROFILE_EMPTY, "the profile is empty").at(file);
        answers.add_problem(problem.hint("begin with a copy of profiles/asymmetric.toml"));
        answers.mark_unreadable();
        return answers;
    }

    let (table, errors) = DeTable::parse_recoverable(text);
    let (duplicates, errors): (Vec<_>, Vec<_>) =
        errors.into_iter().partition(|error| error.message().starts_with("duplicate key"));
    for error in duplicates.iter().take(MOST_PROBLEMS) {
        answers.add_problem(duplicate(file, text, table.get_ref(), error));
    }

    let mut in_order: Vec<&Error> = errors.iter().collect();
    in_order.sort_by_key(|error| start(error));
    let mut line_end = 0;
    for error in in_order {
        // One slip often breaks the parser's hold on the rest of its line.
        if !answers.is_full() && start(error) >= line_end {
            let position = Position::of(text, start(error));
            answers.add_problem(syntax(file, text, error, position));
            line_end =
                text[start(error)..].find('\n').map_or(usize::MAX, |at| start(error) + at + 1);
        }
    }

    if errors.is_empty() {
        flatten(file, text, table.get_ref(), &mut answers);
    } else {
        answers.mark_unreadable();
    }
    if answers.is_full() {
        let what = format!("there may be more problems; these are the first {MOST_PROBLEMS}");
        let problem = Problem::new(codes::PROFILE_MORE, what).at(file);
        answers.add_problem(problem.hint("correct them, then look again"));
        answers.mark_unreadable();
    }
    answers
}

fn syntax(file: &str, text: &str, error: &Error, position: Position) -> Problem {
    let byte = start(error);
    let message = match slip(text, byte) {
        Some(slip) => slip,
        None => {
            format!("this is not TOML: {}", error.message().lines().collect::<Vec<_>>().join("; "))
        }
    };
    let remedy = "a line is a [table] or key = value; text stands in double quotes";
    let problem =
        Problem::new(codes::PROFILE_SYNTAX, format!("{message}\n{}", excerpt(text, byte..byte)));
    problem.at(format!("{file}:{}:{}", position.line, position.column)).hint(remedy)
}

fn duplicate(file: &str, text: &str, table: &DeTable<'_>, error: &Error) -> Problem {
    let span = error.span().unwrap_or_default();
    let key = text.get(span.clone()).unwrap_or("").trim().trim_matches(['"', '\'']).to_string();
    let mut earlier = Vec::new();
    places(table, &key, &mut earlier);

    let first = earlier.into_iter().filter(|place| *place < span.start).max();
    let position = Position::of(text, span.start);
    let shown = on_one_line(&key);
    let what = match first {
        Some(first) => format!(
            "'{shown}' is given twice; the first is on line {}",
            Position::of(text, first).line
        ),
        None => format!("'{shown}' is given twice"),
    };

    let what = format!("{what}\n{}", excerpt(text, span.clone()));
    Problem::new(codes::SETTING_DUPLICATE, what)
        .at(format!("{file}:{}:{}", position.line, position.column))
        .hint("remove one of the two")
}

/// Where keys named `key` stand, in any table.
fn places(table: &DeTable<'_>, key: &str, found: &mut Vec<usize>) {
    for (name, value) in table {
        if name.get_ref() == key {
            found.push(name.span().start);
        }
        inner_places(value, key, found);
    }
}

fn inner_places(value: &Spanned<DeValue<'_>>, key: &str, found: &mut Vec<usize>) {
    if let DeValue::Table(inner) = value.get_ref() {
        places(inner, key, found);
    }
}

fn start(error: &Error) -> usize {
    error.span().map_or(0, |span| span.start)
}
