//! Finds statements, entries and directives among the tokens, and goes on behind whatever is wrong.
//!
//! Its rules of recovery: a missing semicolon ends where the next statement clearly begins, a
//! missing brace where the next entry opens. So one slip is one fault, and what follows it is read
//! as it was meant.

use super::lexer::typographic;
use super::{
    Directive, Entry, Fault, FaultKind, Kind, Place, Quotes, Span, Statement, Token, Value,
};

/// A value without quotes that has more words than this is not looked at to its end.
const WORDS: usize = 100;

/// Nobody reads more faults of one file; what is damaged so much is something else, and the rest of
/// it is not read.
pub const MOST_FAULTS: usize = 10_000;

/// What was read.
#[derive(Default)]
pub struct Read {
    pub head: Vec<Statement>,
    pub directives: Vec<Directive>,
    pub entries: Vec<Entry>,
    pub faults: Vec<Fault>,
    pub is_cut: bool,
}

pub struct Parser<'a> {
    bytes: &'a [u8],
    tokens: &'a [Token],
    /// Which of them say something.
    significant: Vec<u32>,
    at: usize,
    read: Read,
}

impl<'a> Parser<'a> {
    pub fn read(bytes: &'a [u8], tokens: &'a [Token]) -> Read {
        let count = tokens.iter().filter(|token| token.is_significant()).count();
        let mut significant = Vec::with_capacity(count);
        let said = (0u32..).zip(tokens).filter(|(_, token)| token.is_significant());
        significant.extend(said.map(|(at, _)| at));

        let mut parser = Self { bytes, tokens, significant, at: 0, read: Read::default() };
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
                        self.read.head.push(statement);
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

    /// The token at a place among those that say something.
    fn token(&self, at: usize) -> Option<Token> {
        let at = *self.significant.get(at)?;
        self.tokens.get(at as usize).copied()
    }

    fn peek(&self) -> Option<Token> {
        if self.read.is_cut { None } else { self.token(self.at) }
    }

    fn kind(&self) -> Option<Kind> {
        self.peek().map(|token| token.kind)
    }

    /// The end of what was read last.
    fn behind(&self) -> usize {
        self.at.checked_sub(1).and_then(|last| self.token(last)).map_or(0, |last| last.span.end())
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
            self.at += 1;
        }
    }

    fn directive(&mut self, place: Place) {
        if let Some(token) = self.peek() {
            self.read.directives.push(Directive { span: token.span, place });
            self.at += 1;
        }
    }

    /// An entry from its brace on. The brace of the next entry closes one that is open.
    fn entry(&mut self) {
        let Some(open) = self.peek() else { return };
        self.at += 1;
        let mut statements = Vec::new();

        loop {
            match self.kind() {
                Some(Kind::CloseBrace) => {
                    self.at += 1;
                    break;
                }
                None | Some(Kind::OpenBrace) => {
                    self.fault(FaultKind::MissingBrace, Span::at(self.behind()));
                    break;
                }
                Some(Kind::Directive) => self.directive(Place::InSecondPart),
                Some(_) => statements.extend(self.statement()),
            }
        }

        // A file has a great many of them, and most are short.
        statements.shrink_to_fit();
        let span = Span::new(open.span.start(), self.behind());
        self.read.entries.push(Entry { span, statements });
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
        self.at += 1;

        let mut statement =
            Statement { name: first.span, assigned: false, values: Vec::new(), span: first.span };
        match self.kind() {
            Some(Kind::Equals) => {
                self.at += 1;
                statement.assigned = true;
                self.values(&mut statement);
            }
            Some(Kind::OpenBrace) if self.is_list() => {
                self.at += 1;
                statement.assigned = true;
                self.list(&mut statement);
            }
            _ => {}
        }
        self.end_statement();
        statement.span = Span::new(first.span.start(), self.behind());
        Some(statement)
    }

    /// What cannot begin a statement, to the end of its line or its statement: one fault.
    fn skip_nameless(&mut self) {
        let Some(first) = self.peek() else { return };
        self.at += 1;
        while let Some(token) = self.peek() {
            let between = Span::new(self.behind(), token.span.start());
            let new_line = between.of(self.bytes).contains(&b'\n');
            if new_line
                || matches!(token.kind, Kind::OpenBrace | Kind::CloseBrace | Kind::Directive)
            {
                break;
            }
            self.at += 1;
            if token.kind == Kind::Semicolon {
                break;
            }
        }
        self.fault(FaultKind::MissingName, first.span);
    }

    /// Whether the brace here opens a list of values, not an entry: no equals sign before it is
    /// closed.
    fn is_list(&self) -> bool {
        let inside = (self.at + 1..).map_while(|at| self.token(at));
        for kind in inside.map(|token| token.kind) {
            match kind {
                Kind::Word | Kind::Quoted(_) | Kind::Comma => {}
                Kind::CloseBrace => return true,
                Kind::Semicolon | Kind::Directive => return true,
                _ => return false,
            }
        }
        true
    }

    /// Values behind an equals sign.
    fn values(&mut self, statement: &mut Statement) {
        while let Some(token) = self.peek() {
            match token.kind {
                Kind::Comma => self.at += 1,
                Kind::Word | Kind::Quoted(_) if statement.values.is_empty() => {
                    self.value(statement)
                }
                Kind::Word | Kind::Quoted(_) if self.follows_comma() => self.value(statement),
                Kind::Word | Kind::Quoted(_) if self.is_more_of_value() => self.more(statement),
                Kind::OpenBrace if self.is_list() && statement.values.is_empty() => {
                    self.at += 1;
                    self.list(statement);
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
        let before = self.at.checked_sub(1).and_then(|at| self.token(at));
        before.is_some_and(|token| token.kind == Kind::Comma)
    }

    /// Whether the word here belongs to the value before it: on the same line, and the statement
    /// ends on that line without another assignment.
    fn is_more_of_value(&self) -> bool {
        let mut behind = self.behind();
        for token in (self.at..self.at + WORDS).map_while(|at| self.token(at)) {
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
    fn more(&mut self, statement: &mut Statement) {
        let Some(last) = statement.values.last_mut() else { return };
        let start = last.span.start();
        while let Some(token) = self.significant.get(self.at).map(|at| self.tokens[*at as usize])
            && matches!(token.kind, Kind::Word | Kind::Quoted(_))
        {
            last.span = last.span.to(token.span);
            last.text = last.span;
            last.quotes = None;
            self.at += 1;
        }
        self.fault(FaultKind::UnquotedBlanks, Span::new(start, self.behind()));
    }

    /// Values up to a closing brace.
    fn list(&mut self, statement: &mut Statement) {
        while let Some(token) = self.peek() {
            match token.kind {
                Kind::Comma => self.at += 1,
                Kind::Word | Kind::Quoted(_) => self.value(statement),
                Kind::CloseBrace => {
                    self.at += 1;
                    return;
                }
                _ => break,
            }
        }
        self.fault(FaultKind::MissingBrace, Span::at(self.behind()));
    }

    fn value(&mut self, statement: &mut Statement) {
        let Some(token) = self.peek() else { return };
        self.at += 1;
        if statement.values.is_empty() {
            // Most have one value, and a file has a great many of them.
            statement.values.reserve_exact(1);
        }
        let (text, quotes) = match token.kind {
            Kind::Quoted(quotes) => (unquoted(self.bytes, token.span, quotes), Some(quotes)),
            _ => (token.span, None),
        };
        statement.values.push(Value { span: token.span, text, quotes });
    }

    fn end_statement(&mut self) {
        if self.kind() == Some(Kind::Semicolon) {
            self.at += 1;
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
