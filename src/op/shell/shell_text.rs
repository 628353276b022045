//! Text for the Bourne shell of a node, as a type. It is made of fixed text and of words, and a
//! word is quoted on its way in: there is no way to put a word where the shell would read it as
//! anything else. What the text does is said where it is made; this file knows no operation.

use std::fmt;

use super::quote;
use crate::node::{Mode, Owner, Sum};

/// Text that a Bourne shell reads as it was meant, whatever the words in it are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShellText(String);

/// What is the same inside and outside of quotes: digits, a few letters, blanks between them.
pub(super) trait Plain: fmt::Display {}

impl Plain for u32 {}
impl Plain for u64 {}
impl Plain for usize {}
impl Plain for Mode {}
impl Plain for Owner {}
impl Plain for Sum {}

impl ShellText {
    /// Text of this program's own.
    pub(crate) fn fixed(text: &'static str) -> Self {
        Self(text.to_owned())
    }

    /// More of it.
    pub(crate) fn then(mut self, text: &'static str) -> Self {
        self.0.push_str(text);
        self
    }

    /// One word, whatever is in it.
    pub(crate) fn word(mut self, text: &str) -> Self {
        self.0.push_str(&quote(text));
        self
    }

    /// Part of a text in double quotes, whatever is in it.
    pub(super) fn within_double_quotes(mut self, text: &str) -> Self {
        for c in text.chars() {
            if "\\\"$`".contains(c) {
                self.0.push('\\');
            }
            self.0.push(c);
        }
        self
    }

    /// A line of a comment: what ends a line is a blank in it.
    pub(super) fn comment(mut self, text: &str) -> Self {
        self.0.push_str("# ");
        self.0.push_str(&text.replace(|c: char| c.is_control(), " "));
        self.0.push('\n');
        self
    }

    pub(super) fn plain(mut self, value: impl Plain) -> Self {
        self.0.push_str(&value.to_string());
        self
    }

    /// Behind it another text.
    pub(crate) fn with(mut self, other: &Self) -> Self {
        self.0.push_str(&other.0);
        self
    }

    /// Texts one behind the other, `between` them.
    pub(super) fn joined(texts: &[Self], between: &'static str) -> Self {
        Self(texts.iter().map(Self::as_str).collect::<Vec<_>>().join(between))
    }

    /// Two spaces before each line, but not inside quoted words.
    pub(super) fn indented(&self) -> Self {
        let mut out = String::new();
        let mut quoted = false;
        for line in self.0.lines() {
            // A quote in a quoted word is written as four characters that open and close nothing.
            let turns = line.replace("'\\''", "").matches('\'').count() % 2 == 1;
            if !quoted {
                out.push_str("  ");
            }
            out.push_str(line);
            out.push('\n');
            quoted = quoted != turns;
        }
        Self(out)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ShellText {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl From<ShellText> for String {
    fn from(text: ShellText) -> Self {
        text.0
    }
}

#[cfg(test)]
mod tests {
    use super::ShellText;

    /// Words that a shell reads otherwise if anything lets them through.
    const HOSTILE: &[&str] = &[
        "",
        " ",
        "a b",
        "'",
        "''",
        "\"",
        "\\",
        "$HOME",
        "`id`",
        "$(id)",
        "*",
        "a^b",
        "-n",
        "#",
        ";",
        "a\nb",
        "&& false",
        "é\u{202e}",
    ];

    fn said(text: &ShellText) -> String {
        #[expect(clippy::disallowed_methods, reason = "a real shell reads what was made")]
        let out = std::process::Command::new("/bin/sh")
            .args(["-c", text.as_str()])
            .env("LC_ALL", "C")
            .env_remove("HOME")
            .output()
            .unwrap();
        assert!(out.status.success() && out.stderr.is_empty(), "{text}: {out:?}");
        String::from_utf8(out.stdout).unwrap()
    }

    #[test]
    fn hostile_words_arrive_through_every_constructor() {
        for word in HOSTILE {
            assert_eq!(said(&ShellText::fixed("printf '%s' ").word(word)), *word);

            let quoted = ShellText::fixed("printf '%s' \"x").within_double_quotes(word).then("y\"");
            assert_eq!(said(&quoted), format!("x{word}y"));

            let commented = ShellText::default().comment(word).then("printf ok");
            assert_eq!(said(&commented), "ok", "{commented}");

            let nested = ShellText::fixed("f() {\n")
                .with(&ShellText::fixed("printf '%s' ").word(word).then("\n").indented());
            assert_eq!(said(&nested.then("}\nf")), *word);
        }
    }
}
