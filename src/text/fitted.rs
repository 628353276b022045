//! Text of several lines at the width of a screen. Prose is wrapped, behind the word that a line
//! begins with; what somebody copies or compares (a command, an excerpt, a table) is never broken.

use super::hint::{begins_command, hint};
use super::wrapped;

/// The longest word before a colon that the lines of its sentence are indented behind.
const LONGEST: usize = 13;

/// How lines of an output, of an excerpt and of a diff begin.
const DRAWN: [&str; 6] = ["|", "-->", "+", "-", "@", "... "];

/// The text with each line that is too wide broken where that is harmless.
pub fn fitted(text: &str, width: usize) -> String {
    let mut out = String::new();
    for line in text.split_inclusive('\n') {
        let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
        if line.chars().count() <= width || is_drawn(line) {
            out.push_str(&format!("{line}{end}"));
            continue;
        }
        let (before, prose) = line.split_at(label(line));
        match is_seen(before) {
            true => wrapped(&mut out, before, prose, width),
            false => hint(&mut out, before, prose, width),
        }
        out.truncate(out.len() - 1);
        out.push_str(end);
    }
    out
}

/// How much of a line its other lines are indented by: its blanks, and a word with a colon.
fn label(line: &str) -> usize {
    let text = line.trim_start();
    let blanks = line.len() - text.len();
    let is_word = |word: &str| word.chars().all(|c| c.is_ascii_lowercase() || c == ' ');
    match text.split_once(": ") {
        Some((word, rest)) if word.len() <= LONGEST && is_word(word) => {
            line.len() - rest.trim_start().len()
        }
        _ if text.starts_with('(') => blanks + 1,
        _ => blanks,
    }
}

/// Whether a word stands before what was asked and answered: the commands there are not typed.
fn is_seen(before: &str) -> bool {
    ["wanted:", "found:"].contains(&before.trim())
}

/// Whether a line is one to copy or to compare: its blanks mean something.
fn is_drawn(line: &str) -> bool {
    let text = line.trim_start();
    let (before, behind) = line.split_at(label(line));
    let number = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_source = number.len() < text.len() && number.trim_start().starts_with('|');
    let is_indented = text.len() < line.len();
    (is_indented && (is_source || DRAWN.iter().any(|sign| text.starts_with(sign))))
        || (begins_command(behind) && !is_seen(before))
        || text.starts_with("command: ")
        || behind.contains("  ")
}

#[cfg(test)]
mod tests {
    use super::fitted;

    #[test]
    fn prose_is_wrapped_and_what_is_copied_stays_whole() {
        let text = "[a.code] Node1: it is so, and that takes more than a line of this width\n  \
                    seen last: group CAL-RG is ONLINE_FAULTED on Node2 (calha explain STATE)\n  \
                    | an output of a program is as wide as it is, whatever that may be\n\
                    next: put right what failed on Node1, then calha resume site.toml --yes\n      \
                    or undo everything: calha rollback site.toml --yes --again\n\
                    next: calha resume site.toml --yes --accept drift.accounts --verbose\n  \
                    wanted: /usr/bin/getent group icsgroup says icsgroup:\n  \
                    found:  what is there is not said by calha, and is long: calha did it";
        let wanted = "[a.code] Node1: it is so, and that takes\n\
                      more than a line of this width\n  \
                      seen last: group CAL-RG is\n             ONLINE_FAULTED on Node2\n             \
                      (calha explain STATE)\n  \
                      | an output of a program is as wide as it is, whatever that may be\n\
                      next: put right what failed on Node1,\n      then\n      \
                      calha resume site.toml --yes\n      \
                      or undo everything:\n      calha rollback site.toml --yes --again\n\
                      next: calha resume site.toml --yes --accept drift.accounts --verbose\n  \
                      wanted: /usr/bin/getent group icsgroup\n          says icsgroup:\n  \
                      found:  what is there is not said by\n          calha, and is long: calha did\n          \
                      it";
        assert_eq!(fitted(text, 40), wanted);
        assert_eq!(fitted("one short line\n", 40), "one short line\n");
    }
}
