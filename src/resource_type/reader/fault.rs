//! Faults of syntax: what keeps a stretch of a registration file from being read as rt_reg(4)
//! describes it.

use super::Span;

/// A fault with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    pub kind: FaultKind,
    pub span: Span,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// A statement has no semicolon at its end.
    MissingSemicolon,
    /// An entry, or a list in braces, is not closed before this place.
    MissingBrace,
    /// A closing brace without an opening one.
    StrayBrace,
    /// A semicolon without a statement before it.
    EmptyStatement,
    /// An equals sign, a comma or a brace where a name has to stand.
    MissingName,
    /// Several words that are one value stand there without quotes.
    UnquotedBlanks,
}
