//! What a word processor or a browser makes of an ics.conf: lines that look right and are read as
//! something else. Not for values that are wrong.

use super::lines::numbered;
use super::shown::printable;
use super::{IcsConf, Parameter};
use crate::problem::{Code, Problem, codes};

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Quotation marks of typesetting, in UTF-8 and, of those, in the code pages of Windows.
const QUOTES: [&[u8]; 9] = [
    "\u{201c}".as_bytes(),
    "\u{201d}".as_bytes(),
    "\u{201e}".as_bytes(),
    "\u{2018}".as_bytes(),
    "\u{2019}".as_bytes(),
    "\u{ab}".as_bytes(),
    "\u{bb}".as_bytes(),
    b"\x93",
    b"\x94",
];

impl IcsConf {
    /// Notices about a byte order mark, quotation marks of typesetting, and values that do not
    /// stand behind their `=`.
    pub(super) fn misspelt(&self, place: &str) -> Vec<Problem> {
        let notice = |code: Code, line: usize, what: String, remedy: &str| {
            Problem::new(code, what)
                .at(format!("{place}:{line}"))
                .hint(remedy)
                .section("appendix E")
        };

        let mut notices = Vec::new();
        if self.bytes.starts_with(BYTE_ORDER_MARK) {
            let what =
                "the file begins with a byte order mark; the server may not read its first line";
            let remedy = "save the file as plain text; calha leaves it as it is";
            notices.push(notice(codes::ICS_CONF_BYTE_ORDER_MARK, 1, what.into(), remedy));
        }

        for parameter in self.parameters().filter(is_typeset) {
            let what = format!(
                "the value of {} stands in typographic quotes; the server wants plain ones",
                parameter.name
            );
            let remedy = "write the plain ones of ASCII on both sides; calha leaves it as it is";
            notices.push(notice(codes::ICS_CONF_TYPOGRAPHIC_QUOTE, parameter.line, what, remedy));
        }

        for (parameter, next) in self.without_value() {
            let what = format!(
                "{} has no value on its line, and line {next} is not a parameter: it may be the \
                 value",
                printable(parameter.name.as_bytes())
            );
            let remedy =
                "write the value behind the '=' on the same line; calha leaves it as it is";
            notices.push(notice(codes::ICS_CONF_VALUE_ELSEWHERE, parameter.line, what, remedy));
        }
        notices
    }

    /// Parameters with nothing behind their `=`, each with the line behind it when that is neither
    /// empty nor a comment nor a parameter.
    fn without_value(&self) -> Vec<(Parameter<'_>, usize)> {
        let mut found = Vec::new();

        let mut bare = self.bare().peekable();
        let mut parameters = self.parameters().map(|p| p.line).peekable();
        for (number, line) in numbered(&self.bytes) {
            while parameters.next_if(|at| *at < number).is_some() {}

            let Some(parameter) = bare.next_if(|p| p.line + 1 == number) else { continue };
            let text = line.trim_ascii();
            let is_value =
                !text.is_empty() && !text.starts_with(b"!") && parameters.peek() != Some(&number);
            if is_value {
                found.push((parameter, number));
            }
        }
        found
    }
}

fn is_typeset(parameter: &Parameter<'_>) -> bool {
    QUOTES.iter().any(|quote| parameter.value.starts_with(quote))
}
