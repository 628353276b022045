//! What a registration file is made of once it is read: statements, entries, directives, each with
//! its place.

use super::{Quotes, Span};

/// `name = value, value;` or `name;`, also `ENUM { a, b };`. A file has a great many of them, so
/// they are kept small: their values are with the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statement {
    /// From the name to the semicolon, or to where that is missing.
    pub span: Span,
    /// The offset behind its name.
    pub(super) name_ends: u32,
    pub(super) values: Stretch,
    /// Whether an equals sign or a list in braces follows the name.
    pub assigned: bool,
}

impl Statement {
    pub fn name(&self) -> Span {
        Span::new(self.span.start(), self.name_ends as usize)
    }
}

/// Some of the values or statements that a file has, by their numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Stretch {
    first: u32,
    count: u32,
}

impl Stretch {
    /// Those from this one on to the last.
    pub fn from<T>(first: usize, all: &[T]) -> Self {
        // There are fewer than bytes, and a span has no more of these.
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Self { first: number(first), count: number(all.len() - first) }
    }

    pub fn of<T>(self, all: &[T]) -> &[T] {
        let first = self.first as usize;
        all.get(first..first + self.count as usize).unwrap_or_default()
    }
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    pub span: Span,
    pub(super) statements: Stretch,
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
