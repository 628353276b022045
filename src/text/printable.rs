//! The one place where text from outside (a node, a profile, a path, the environment) is made fit
//! for a terminal. What comes out holds no character that moves the cursor, changes colours, the
//! direction of writing or the width of what stands beside it, and no secret of this process.
//! Values of keys that look like credentials are `document::mask`'s.

use std::fmt::Write;

use super::secret::without_secrets;
use super::spelling::{spell, spell_with};

/// Several lines: newlines and TABs stay, everything else that nobody sees is spelt out: `^M` for a
/// carriage return, `\u{202e}` for what has no such form.
pub fn printable(text: &str) -> String {
    spell(&without_secrets(text), true)
}

/// The same as part of one line: a newline is spelt out too.
pub fn on_one_line(text: &str) -> String {
    spell(&without_secrets(text), false)
}

/// The same for what leaves the program, whatever it is: in JSON it stands for what it stood for.
pub fn screened(text: &str) -> String {
    let escaped = |out: &mut String, c: char| {
        for unit in c.encode_utf16(&mut [0; 2]) {
            // Writing into a String cannot fail.
            let _ = write!(out, "\\u{unit:04x}");
        }
    };
    spell_with(&without_secrets(text), true, escaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_escape_sequence_reaches_a_terminal() {
        let text = "a\x1b[2Jb\r\n\u{9b}c\u{202e}d";
        assert_eq!(printable(text), "a^[[2Jb^M\n\\u{9b}c\\u{202e}d");
        assert_eq!(on_one_line(text), "a^[[2Jb^M^J\\u{9b}c\\u{202e}d");
        assert_eq!(screened(text), "a^[[2Jb^M\n\\u009bc\\u202ed");
    }

    #[test]
    fn what_leaves_in_json_stays_json_and_says_the_same() {
        let text = "tag \u{e0041} bidi \u{202e} next \u{85} delete";
        let json = screened(&serde_json::json!({ "said": text }).to_string());
        assert!(json.is_ascii(), "{json}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&json).unwrap()["said"], text);
    }
}
