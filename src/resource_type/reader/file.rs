//! A registration file as it stands, and what was read in it.

use super::lexer::tokens;
use super::parser::Parser;
use super::{Directive, Entry, Fault, Span, Statement, Token};

/// A registration file: its bytes, all of them, with the places of what stands in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistrationFile {
    bytes: Vec<u8>,
    tokens: Vec<Token>,
    /// The first part: properties of the type.
    pub head: Vec<Statement>,
    pub directives: Vec<Directive>,
    /// The second part: declarations of resource properties.
    pub entries: Vec<Entry>,
    /// What is wrong with the syntax, in the order of the file.
    pub faults: Vec<Fault>,
    /// Whether there were too many of them, and the rest of the file was not read.
    pub is_cut: bool,
}

impl RegistrationFile {
    /// Reads any bytes.
    pub fn parse(bytes: &[u8]) -> Self {
        let tokens = tokens(bytes);
        let read = Parser::read(bytes, &tokens);

        Self {
            bytes: bytes.to_vec(),
            head: read.head,
            directives: read.directives,
            entries: read.entries,
            faults: read.faults,
            is_cut: read.is_cut,
            tokens,
        }
    }

    /// The file again, made of its tokens.
    pub fn render(&self) -> Vec<u8> {
        self.tokens.iter().flat_map(|token| token.span.of(&self.bytes)).copied().collect()
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// A stretch as text; bytes that are no UTF-8 are taken for Latin-1.
    pub fn text(&self, span: Span) -> String {
        let bytes = span.of(&self.bytes);
        match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
        }
    }
}
