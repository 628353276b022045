//! Which characters nobody sees, and how they are spelt. What may be shown at all is decided in
//! `printable`.

use std::fmt::Write as _;

/// Control characters as `^X`, what else nobody sees as `\u{202e}`; newlines of `lines` stay.
pub(super) fn spell(text: &str, lines: bool) -> String {
    let escaped = |out: &mut String, c: char| {
        // Writing into a String cannot fail.
        let _ = write!(out, "\\u{{{:x}}}", c as u32);
    };
    spell_with(text, lines, escaped)
}

/// The same with another spelling of what has no `^X`.
pub(super) fn spell_with(text: &str, lines: bool, escaped: impl Fn(&mut String, char)) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => out.push(c),
            '\n' if lines => out.push(c),
            '\0'..='\u{1f}' => out.extend(['^', char::from(c as u8 + b'@')]),
            '\u{7f}' => out.push_str("^?"),
            _ if c.is_control() || invisible(c) => escaped(&mut out, c),
            _ => out.push(c),
        }
    }
    out
}

/// Characters that have no width, or change the direction or the look of others.
fn invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{200b}'..='\u{200f}')
        || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        || matches!(c, '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{3164}' | '\u{ffa0}')
        || matches!(c, '\u{180b}'..='\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{fff9}'..='\u{fffb}')
        || matches!(c, '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}')
        || matches!(c, '\u{e0000}'..='\u{e0fff}')
}
