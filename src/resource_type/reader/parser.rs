//! Finds statements, entries and directives among the tokens, and goes on behind whatever is wrong.
//!
//! Its rules of recovery: a missing semicolon ends where the next statement clearly begins, a
//! missing brace where the next entry opens. So one slip is one fault, and what follows it is read
//! as it was meant.

use super::lexer::{Tokens, typographic};
use super::syntax::Stretch;
use super::{
    Directive, Entry, Fault, FaultKind, Kind, Place, Quotes, Span, Statement, Token, Value,
};

/// A value without quotes that has more words than this is not looked at to its end.
const WORDS: usize = 100;

/// Nobody reads more faults of one file; what is damaged so much is something else, and the rest of
/// it is not read.
pub const MOST_FAULTS: usize = 2_000;

/// What was read.
#[derive(Default)]
pub struct Read {
    pub head: Vec<Statement>,
    pub directives: Vec<Directive>,
    pub entries: Vec<Entry>,
    pub statements: Vec<Statement>,
    pub values: Vec<Value>,
    pub faults: Vec<Fault>,
    pub is_cut: bool,
}

pub struct Parser<'a> {
    bytes: &'a [u8],
    /// Behind the token that comes next.
    tokens: Tokens<'a>,
    /// The token that comes next; nothing at the end of the file.
    next: Option<Token>,
    /// The one before it.
    last: Option<Token>,
    read: Read,
}

/// Adds one. Twice as much, as a vector grows by itself, is too much for a large file.
fn add<T>(all: &mut Vec<T>, one: T) {
    if all.len() == all.capacity() {
        all.reserve_exact(all.len() / 8 + 8);
    }
    all.push(one);
}

impl<'a> Parser<'a> {
    pub fn read(bytes: &'a [u8]) -> Read {
        let mut tokens = Tokens::of(bytes);
        let next = tokens.significant();
        let mut parser = Self { bytes, tokens, next, last: None, read: Read::default() };
        parser.file();
        parser.place_directives();
        parser.read.faults.sort_by_key(|fault| fault.span);
        parser.read
    }

    fn file(&mut self) {
        while let Some(token) = self.peek() {
            match token.kind {
                Kind::OpenBrace => self.entry(),
                Kind::CloseBrace => self.fault_at_next(FaultKind::StrayBrace),
                Kind::Directive => self.directive(Place::Between),
                _ => {
                    if let Some(statement) = self.statement() {
                        add(&mut self.read.head, statement);
                    }
                }
            }
        }
    }

    /// A directive that further type properties follow stands inside the first part.
    fn place_directives(&mut self) {
        let head_ends = self.read.head.last().map_or(0, |statement| statement.span.end());
        let entries_begin = self.read.entries.first().map_or(usize::MAX, |e| e.span.start());

        for directive in &mut self.read.directives {
            if directive.place != Place::Between {
                continue;
            }
            if directive.span.start() > entries_begin {
                directive.place = Place::InSecondPart;
            } else if directive.span.start() < head_ends {
                directive.place = Place::InFirstPart;
            }
        }
    }

    fn peek(&self) -> Option<Token> {
        if self.read.is_cut { None } else { self.next }
    }

    fn kind(&self) -> Option<Kind> {
        self.peek().map(|token| token.kind)
    }

    /// Goes behind the token that comes next.
    fn pass(&mut self) {
        self.last = self.next;
        self.next = self.tokens.significant();
    }

    /// The token that comes next and those behind it.
    fn ahead(&self) -> impl Iterator<Item = Token> + use<'a> {
        let mut tokens = self.tokens;
        self.next.into_iter().chain(std::iter::from_fn(move || tokens.significant()))
    }

    /// The end of what was read last.
    fn behind(&self) -> usize {
        self.last.map_or(0, |last| last.span.end())
    }

    fn fault(&mut self, kind: FaultKind, span: Span) {
        if self.read.faults.len() < MOST_FAULTS {
            self.read.faults.push(Fault { kind, span });
        } else {
            self.read.is_cut = true;
        }
    }

    fn fault_at_next(&mut self, kind: FaultKind) {
        if let Some(token) = self.peek() {
            self.fault(kind, token.span);
            self.pass();
        }
    }

    fn directive(&mut self, place: Place) {
        if let Some(token) = self.peek() {
            add(&mut self.read.directives, Directive { span: token.span, place });
            self.pass();
        }
    }

    /// An entry from its brace on. The brace of the next entry closes one that is open.
    fn entry(&mut self) {
        let Some(open) = self.peek() else { return };
        self.pass();
        let first = self.read.statements.len();

        loop {
            match self.kind() {
                Some(Kind::CloseBrace) => {
                    self.pass();
                    break;
                }
                None | Some(Kind::OpenBrace) => {
                    self.fault(FaultKind::MissingBrace, Span::at(self.behind()));
                    break;
                }
                Some(Kind::Directive) => self.directive(Place::InSecondPart),
                Some(_) => {
                    if let Some(statement) = self.statement() {
                        add(&mut self.read.statements, statement);
                    }
                }
            }
        }

        let span = Span::new(open.span.start(), self.behind());
        let statements = Stretch::from(first, &self.read.statements);
        add(&mut self.read.entries, Entry { span, statements });
    }

    /// A statement up to its semicolon; nothing where there is none, with at least one token
    /// passed.
    fn statement(&mut self) -> Option<Statement> {
        let first = self.peek()?;
        match first.kind {
            Kind::Word | Kind::Quoted(_) => {}
            Kind::Semicolon => {
                self.fault_at_next(FaultKind::EmptyStatement);
                return None;
            }
            _ => {
                self.skip_nameless();
                return None;
            }
        }
        self.pass();

        let first_value = self.read.values.len();
        let assigned = match self.kind() {
            Some(Kind::Equals) => {
                self.pass();
                self.values(first_value);
                true
            }
            Some(Kind::OpenBrace) if self.is_list() => {
                self.pass();
                self.list();
                true
            }
            _ => false,
        };
        self.end_statement();

        let span = Span::new(first.span.start(), self.behind());
        let name_ends = u32::try_from(first.span.end()).unwrap_or(u32::MAX);
        let values = Stretch::from(first_value, &self.read.values);
        Some(Statement { span, name_ends, values, assigned })
    }

    /// What cannot begin a statement, to the end of its line or its statement: one fault.
    fn skip_nameless(&mut self) {
        let Some(first) = self.peek() else { return };
        self.pass();
        while let Some(token) = self.peek() {
            let between = Span::new(self.behind(), token.span.start());
            let new_line = between.of(self.bytes).contains(&b'\n');
            if new_line
                || matches!(token.kind, Kind::OpenBrace | Kind::CloseBrace | Kind::Directive)
            {
                break;
            }
            self.pass();
            if token.kind == Kind::Semicolon {
                break;
            }
        }
        self.fault(FaultKind::MissingName, first.span);
    }

    /// Whether the brace here opens a list of values, not an entry: no equals sign before it is
    /// closed.
    fn is_list(&self) -> bool {
        for kind in self.ahead().skip(1).map(|token| token.kind) {
            match kind {
                Kind::Word | Kind::Quoted(_) | Kind::Comma => {}
                Kind::CloseBrace => return true,
                Kind::Semicolon | Kind::Directive => return true,
                _ => return false,
            }
        }
        true
    }

    /// Values behind an equals sign; those of the statement begin with this number.
    fn values(&mut self, first: usize) {
        while let Some(token) = self.peek() {
            let is_first = self.read.values.len() == first;
            match token.kind {
                Kind::Comma => self.pass(),
                Kind::Word | Kind::Quoted(_) if is_first || self.follows_comma() => self.value(),
                Kind::Word | Kind::Quoted(_) if self.is_more_of_value() => self.more(),
                Kind::OpenBrace if is_first && self.is_list() => {
                    self.pass();
                    self.list();
                }
                Kind::Directive => {
                    self.directive(Place::InStatement);
                    return;
                }
                _ => return,
            }
        }
    }

    fn follows_comma(&self) -> bool {
        self.last.is_some_and(|token| token.kind == Kind::Comma)
    }

    /// Whether the word here belongs to the value before it: on the same line, and the statement
    /// ends on that line without another assignment.
    fn is_more_of_value(&self) -> bool {
        let mut behind = self.behind();
        for token in self.ahead().take(WORDS) {
            let gap = Span::new(behind, token.span.start());
            behind = token.span.end();
            if gap.of(self.bytes).contains(&b'\n') {
                return false;
            }
            match token.kind {
                Kind::Word | Kind::Quoted(_) | Kind::Comma => {}
                Kind::Semicolon => return true,
                _ => return false,
            }
        }
        false
    }

    /// Words without quotes that are one value: they become one, with one fault.
    fn more(&mut self) {
        let Some(before) = self.read.values.pop() else { return };
        while matches!(self.kind(), Some(Kind::Word | Kind::Quoted(_))) {
            self.pass();
        }
        let span = Span::new(before.span.start(), self.behind());
        add(&mut self.read.values, Value { span, text: span, quotes: None });
        self.fault(FaultKind::UnquotedBlanks, span);
    }

    /// Values up to a closing brace.
    fn list(&mut self) {
        while let Some(token) = self.peek() {
            match token.kind {
                Kind::Comma => self.pass(),
                Kind::Word | Kind::Quoted(_) => self.value(),
                Kind::CloseBrace => {
                    self.pass();
                    return;
                }
                _ => break,
            }
        }
        self.fault(FaultKind::MissingBrace, Span::at(self.behind()));
    }

    fn value(&mut self) {
        let Some(token) = self.peek() else { return };
        self.pass();
        let (text, quotes) = match token.kind {
            Kind::Quoted(quotes) => (unquoted(self.bytes, token.span, quotes), Some(quotes)),
            _ => (token.span, None),
        };
        add(&mut self.read.values, Value { span: token.span, text, quotes });
    }

    fn end_statement(&mut self) {
        if self.kind() == Some(Kind::Semicolon) {
            self.pass();
        } else {
            self.fault(FaultKind::MissingSemicolon, Span::at(self.behind()));
        }
    }
}

/// A value without its quotes.
fn unquoted(bytes: &[u8], span: Span, quotes: Quotes) -> Span {
    let text = span.of(bytes);
    let opening = if text.starts_with(b"\"") { 1 } else { typographic(text) };

    let closing = match quotes {
        Quotes::Open => 0,
        _ if text.ends_with(b"\"") => 1,
        _ => (1..=3)
            .find(|length| {
                let at = text.len().saturating_sub(*length);
                typographic(&text[at..]) == *length
            })
            .unwrap_or(0),
    };
    Span::new(span.start() + opening, (span.end() - closing).max(span.start() + opening))
}
