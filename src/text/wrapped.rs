//! Wrapping of text in a column.

use super::without_secrets;

/// Text behind something that stands before its first line, wrapped on blanks, the following lines
/// indented as far.
pub fn wrapped(out: &mut String, before: &str, text: &str, width: usize) {
    let indent = before.len();
    // Before a blank within one becomes the end of a line.
    let text = without_secrets(text);
    let mut line = before.to_owned();
    for word in units(&text) {
        if line.len() > indent && line.chars().count() + 1 + word.chars().count() > width {
            out.push_str(line.trim_end());
            out.push('\n');
            line = " ".repeat(indent);
        }
        if line.len() > indent {
            line.push(' ');
        }
        line.push_str(&word);
    }
    out.push_str(line.trim_end());
    out.push('\n');
}

/// The words of a text; a command in parentheses is one.
fn units(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut is_command = false;
    for word in text.split_whitespace() {
        match all.last_mut().filter(|_| is_command) {
            Some(last) => last.extend([" ", word]),
            None => all.push(word.to_owned()),
        }
        is_command = (is_command || word == "(calha") && !word.contains(')');
    }
    all
}
