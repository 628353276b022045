//! The pieces of a registration file. Together they are the file, byte for byte.

use super::Span;

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Blanks, tabs, ends of lines.
    Space,
    /// From `#` to the end of the line.
    Comment,
    /// From `#$` to the end of the line: what looks like a comment and is none.
    Directive,
    /// A name or a bare value.
    Word,
    /// A value in quotes.
    Quoted(Quotes),
    OpenBrace,
    CloseBrace,
    Semicolon,
    Equals,
    Comma,
}

/// How a value in quotes is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quotes {
    /// `"text"`, as the manual has it.
    Plain,
    /// Typographic ones, as a word processor or a web page makes them.
    Typographic,
    /// Opened by one kind and closed by the other.
    Mixed,
    /// Never closed; it ends with its line.
    Open,
    /// Closed on a later line.
    Lines,
}

/// A piece with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    pub kind: Kind,
    pub span: Span,
}

impl Token {
    /// Whether it says something: neither space nor comment.
    pub fn is_significant(&self) -> bool {
        !matches!(self.kind, Kind::Space | Kind::Comment)
    }
}
