//! What a registration file is made of once it is read: statements, entries, directives, each with
//! its place.

use super::{Quotes, Span};

/// `name = value, value;` or `name;`, also `ENUM { a, b };`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    pub name: Span,
    /// Whether an equals sign or a list in braces follows the name.
    pub assigned: bool,
    pub values: Vec<Value>,
    /// From the name to the semicolon, or to where that is missing.
    pub span: Span,
}

/// One value as it stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Value {
    /// With its quotes.
    pub span: Span,
    /// Without them.
    pub text: Span,
    /// Absent: a bare word.
    pub quotes: Option<Quotes>,
}

/// A declaration of a resource property, in braces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub span: Span,
    pub statements: Vec<Statement>,
}

/// A line that begins with `#$`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Directive {
    pub span: Span,
    /// Where it stands; only between the two parts is it legal.
    pub place: Place,
}

/// Where a directive stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Behind the first part, before the first entry.
    Between,
    /// Type properties follow it.
    InFirstPart,
    /// An entry stands before it or around it.
    InSecondPart,
    /// Inside a statement.
    InStatement,
}
