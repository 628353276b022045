//! Takes a registration file apart into tokens, rt_reg(4). Every byte is in exactly one of them,
//! whatever the bytes are.

use super::{Kind, Quotes, Span, Token};

/// All tokens of a file, in order and without a gap. They are made as they are asked for: kept,
/// they would be many times as large as the file.
#[derive(Clone, Copy)]
pub struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    pub fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The next one that says something.
    pub fn significant(&mut self) -> Option<Token> {
        self.find(Token::is_significant)
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        if self.at >= self.bytes.len() {
            return None;
        }
        let start = self.at;
        let kind = self.pass_token();
        Some(Token { kind, span: Span::new(start, self.at) })
    }
}

/// The typographic quotes, in UTF-8 and in the code page that Windows calls 1252.
const TYPOGRAPHIC: [&[u8]; 12] = [
    "\u{201c}".as_bytes(),
    "\u{201d}".as_bytes(),
    "\u{201e}".as_bytes(),
    "\u{201f}".as_bytes(),
    "\u{ab}".as_bytes(),
    "\u{bb}".as_bytes(),
    "\u{ff02}".as_bytes(),
    "\u{2033}".as_bytes(),
    b"\x93",
    b"\x94",
    b"\x84",
    b"\xbb",
];

/// The length of the typographic quote that begins here; 0 if none does.
pub fn typographic(rest: &[u8]) -> usize {
    if rest.first().is_none_or(u8::is_ascii) {
        return 0;
    }
    TYPOGRAPHIC.iter().find(|quote| rest.starts_with(quote)).map_or(0, |quote| quote.len())
}

impl Tokens<'_> {
    fn rest(&self) -> &[u8] {
        &self.bytes[self.at..]
    }

    /// Moves behind all bytes that fit.
    fn pass(&mut self, fits: impl Fn(u8) -> bool) {
        self.at += self.rest().iter().take_while(|byte| fits(**byte)).count();
    }

    /// Moves behind the next token.
    fn pass_token(&mut self) -> Kind {
        let first = self.bytes[self.at];
        let punctuation = match first {
            b'{' => Some(Kind::OpenBrace),
            b'}' => Some(Kind::CloseBrace),
            b';' => Some(Kind::Semicolon),
            b'=' => Some(Kind::Equals),
            b',' => Some(Kind::Comma),
            _ => None,
        };
        if let Some(kind) = punctuation {
            self.at += 1;
            return kind;
        }

        if is_space(first) {
            self.pass(is_space);
            return Kind::Space;
        }
        if first == b'#' {
            let directive = self.rest().starts_with(b"#$");
            self.pass(|byte| byte != b'\n');
            return if directive { Kind::Directive } else { Kind::Comment };
        }
        if first == b'"' || typographic(self.rest()) > 0 {
            return Kind::Quoted(self.quoted());
        }

        self.word();
        Kind::Word
    }

    /// A bare value may have everything but what separates tokens. A quote inside one belongs to it
    /// only where it is no typographic one, which somebody has meant as an end.
    fn word(&mut self) {
        while let Some(byte) = self.rest().first() {
            let separates = is_space(*byte) || b"{};=,#\"".contains(byte);
            if separates || typographic(self.rest()) > 0 {
                return;
            }
            self.at += 1;
        }
    }

    fn quoted(&mut self) -> Quotes {
        let plain = self.bytes[self.at] == b'"';
        self.at += if plain { 1 } else { typographic(self.rest()) };

        let (end, kind) = match closing(self.rest(), plain) {
            Some((end, true)) => (end, Quotes::Plain),
            Some((end, false)) if plain => (end, Quotes::Mixed),
            Some((end, false)) => (end, self.typographic_or_mixed(end)),
            None => match if plain { self.later() } else { None } {
                Some(end) => (end, Quotes::Lines),
                None => (unclosed(self.rest()), Quotes::Open),
            },
        };
        self.at += end;
        kind
    }

    /// Opened by a typographic quote: what it was closed by.
    fn typographic_or_mixed(&self, end: usize) -> Quotes {
        if self.rest()[..end].ends_with(b"\"") { Quotes::Mixed } else { Quotes::Typographic }
    }

    /// Where a plain quote ends on a later line, if what lies between looks like text and not like
    /// statements.
    fn later(&self) -> Option<usize> {
        let end = self.rest().iter().position(|byte| *byte == b'"')?;
        let text = &self.rest()[..end];
        let statements = text.iter().any(|byte| b";={}".contains(byte));
        let behind = self.rest()[end + 1..].iter().find(|byte| !is_space(**byte));
        (!statements && matches!(behind, Some(b';' | b','))).then_some(end + 1)
    }
}

/// Where the value ends that a quote just before has opened: behind the quote that closes it on the
/// same line, and whether that is the plain one that opened it.
///
/// A typographic quote inside a plain pair is text when the pair is closed, unless a statement ends
/// right behind it: then the plain quote further on opens the next value.
fn closing(rest: &[u8], plain: bool) -> Option<(usize, bool)> {
    let mut at = 0;
    let mut inner = 0;
    while at < rest.len() && rest[at] != b'\n' {
        if rest[at] == b'"' {
            return Some((at + 1, plain));
        }
        let length = typographic(&rest[at..]);
        if length == 0 {
            at += 1;
            continue;
        }
        let ends = ends_statement(&rest[at + length..]);
        if !plain || (ends && inner % 2 == 0) {
            return Some((at + length, false));
        }
        inner += 1;
        at += length;
    }
    None
}

fn ends_statement(rest: &[u8]) -> bool {
    rest.iter().find(|byte| !is_space(**byte)).is_none_or(|byte| b";,}".contains(byte))
}

/// Where a value that is never closed ends: before the statement's end, else with the line.
fn unclosed(rest: &[u8]) -> usize {
    let line = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
    let text = rest[..line].trim_ascii_end();
    match text.iter().position(|byte| *byte == b';') {
        Some(end) => end,
        None => text.len(),
    }
}

fn is_space(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == 0x0b
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(Kind, String)> {
        let significant = Tokens::of(text.as_bytes()).filter(Token::is_significant);
        significant
            .map(|t| (t.kind, String::from_utf8_lossy(t.span.of(text.as_bytes())).into_owned()))
            .collect()
    }

    #[test]
    fn a_typographic_quote_inside_a_plain_pair_is_text() {
        let found = kinds("D = \"say \u{201c}yes\u{201d}; now\"; E = \"x\";");
        assert_eq!(found[2].0, Kind::Quoted(Quotes::Plain), "{found:?}");
        assert_eq!(found[2].1, "\"say \u{201c}yes\u{201d}; now\"");
    }

    #[test]
    fn a_value_closed_by_the_other_kind_does_not_take_the_next_one_in() {
        let found = kinds("A = \"5\u{201d}; B = \"6\";");
        assert_eq!(found[2], (Kind::Quoted(Quotes::Mixed), "\"5\u{201d}".into()));
        assert_eq!(found[6], (Kind::Quoted(Quotes::Plain), "\"6\"".into()));
    }

    #[test]
    fn an_unclosed_quote_ends_with_its_statement() {
        let found = kinds("A = \"5;\nB = \"6\";");
        assert_eq!(found[2], (Kind::Quoted(Quotes::Open), "\"5".into()));
        assert_eq!(found[3].0, Kind::Semicolon);
        assert_eq!(found[6], (Kind::Quoted(Quotes::Plain), "\"6\"".into()));
    }
}
