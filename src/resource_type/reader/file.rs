//! A registration file as it stands, and what was read in it.

use std::borrow::Cow;

use super::lexer::Tokens;
use super::parser::Parser;
use super::{Directive, Entry, Fault, Span, Statement, Value};

/// A registration file: its bytes, all of them, with the places of what stands in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistrationFile {
    bytes: Vec<u8>,
    /// The first part: properties of the type.
    pub head: Vec<Statement>,
    pub directives: Vec<Directive>,
    /// The second part: declarations of resource properties.
    pub entries: Vec<Entry>,
    /// Of all entries.
    statements: Vec<Statement>,
    /// Of all statements.
    values: Vec<Value>,
    /// What is wrong with the syntax, in the order of the file.
    pub faults: Vec<Fault>,
    /// Whether there were too many of them, and the rest of the file was not read.
    pub is_cut: bool,
}

impl RegistrationFile {
    /// Reads any bytes.
    pub fn parse(bytes: &[u8]) -> Self {
        let read = Parser::read(bytes);

        Self {
            bytes: bytes.to_vec(),
            head: read.head,
            directives: read.directives,
            entries: read.entries,
            statements: read.statements,
            values: read.values,
            faults: read.faults,
            is_cut: read.is_cut,
        }
    }

    /// The file again, made of its tokens.
    pub fn render(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.bytes.len());
        self.tokens().for_each(|token| out.extend_from_slice(token.span.of(&self.bytes)));
        out
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub fn tokens(&self) -> Tokens<'_> {
        Tokens::of(&self.bytes)
    }

    /// The attributes of a declaration.
    pub fn statements(&self, entry: &Entry) -> &[Statement] {
        entry.statements.of(&self.statements)
    }

    /// The values of a statement.
    pub fn values(&self, statement: &Statement) -> &[Value] {
        statement.values.of(&self.values)
    }

    /// The values of a statement as text, with this between them.
    pub fn joined(&self, statement: &Statement, between: &str) -> String {
        let mut all = String::new();
        for (at, value) in self.values(statement).iter().enumerate() {
            all.push_str(if at > 0 { between } else { "" });
            all.push_str(&self.text(value.text));
        }
        all
    }

    /// A stretch as text; bytes that are no UTF-8 are taken for Latin-1.
    pub fn text(&self, span: Span) -> Cow<'_, str> {
        let bytes = span.of(&self.bytes);
        match std::str::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect::<String>().into(),
        }
    }
}
