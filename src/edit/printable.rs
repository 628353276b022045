use std::fmt::Write;

use super::mask;

/// Bytes of a file as text for a terminal: control characters and those that change direction or width are spelt out, TAB stays.
///
/// What is not UTF-8 becomes U+FFFD.
pub(super) fn printable(bytes: &[u8]) -> String {
    spell(&String::from_utf8_lossy(bytes))
}

/// The same with values of credentials masked.
pub(super) fn shown(bytes: &[u8]) -> String {
    spell(&mask(&String::from_utf8_lossy(bytes)))
}

/// The same as [`printable`] for text: `^M` for a carriage return, `\u{202e}` for what has no such form.
pub(super) fn spell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => out.push(c),
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

fn invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
