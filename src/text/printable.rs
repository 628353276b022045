//! The one place where text from outside (a node, a profile, a path, the environment) is made fit
//! for a terminal. What comes out holds no character that moves the cursor, changes colours, the
//! direction of writing or the width of what stands beside it. It says nothing of secrets: see
//! `document::mask`.

use std::fmt::Write;

/// Several lines: newlines and TABs stay, everything else that nobody sees is spelt out: `^M` for a
/// carriage return, `\u{202e}` for what has no such form.
pub fn printable(text: &str) -> String {
    spell(text, true)
}

/// The same as part of one line: a newline is spelt out too.
pub fn on_one_line(text: &str) -> String {
    spell(text, false)
}

fn spell(text: &str, lines: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => out.push(c),
            '\n' if lines => out.push(c),
            '\0'..='\u{1f}' => out.extend(['^', char::from(c as u8 + b'@')]),
            '\u{7f}' => out.push_str("^?"),
            _ if c.is_control() || invisible(c) => {
                // Writing into a String cannot fail.
                let _ = write!(out, "\\u{{{:x}}}", c as u32);
            }
            _ => out.push(c),
        }
    }
    out
}

/// Characters that have no width, or change the direction of others.
fn invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_escape_sequence_reaches_a_terminal() {
        let text = "a\x1b[2Jb\r\n\u{9b}c\u{202e}d";
        assert_eq!(printable(text), "a^[[2Jb^M\n\\u{9b}c\\u{202e}d");
        assert_eq!(on_one_line(text), "a^[[2Jb^M^J\\u{9b}c\\u{202e}d");
    }
}
