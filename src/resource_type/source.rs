//! A registration file as text for people: where a byte stands, and a finding with its line and
//! carets.

use std::borrow::Cow;
use std::cell::Cell;

use super::Finding;
use super::reader::RegistrationFile;
use crate::text::{Position, hint, line_with_carets, printable, wrapped};

/// The lines of a file.
pub struct Source<'f> {
    bytes: &'f [u8],
    /// Where each line begins.
    starts: Vec<u32>,
    /// The byte that was asked for last, and its column: findings come in the order of the file,
    /// and a line may be as long as the file.
    last: Cell<(usize, usize)>,
}

impl RegistrationFile {
    /// The file as lines.
    pub fn source(&self) -> Source<'_> {
        let bytes = self.bytes();
        let ends = || bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        let mut starts = Vec::with_capacity(ends().count() + 1);
        // As in a span, what lies behind 4 GiB has no place of its own.
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        starts.extend(std::iter::once(0).chain(ends().map(|(at, _)| offset(at + 1))));
        Source { bytes, starts, last: Cell::new((0, 1)) }
    }
}

/// Bytes as text: as they are, or as Latin-1 where they are no UTF-8.
fn text(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect::<String>().into(),
    }
}

/// How many characters bytes are; one that belongs to none of UTF-8 is one of Latin-1.
fn characters(bytes: &[u8]) -> usize {
    bytes.utf8_chunks().map(|chunk| chunk.valid().chars().count() + chunk.invalid().len()).sum()
}

impl Source<'_> {
    /// The number of a byte's line, from 0.
    fn line(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start as usize <= byte).saturating_sub(1)
    }

    /// Line and column of a byte of the file.
    pub fn position(&self, byte: usize) -> Position {
        let byte = byte.min(self.bytes.len());
        let line = self.line(byte);
        let begin = self.starts[line] as usize;
        let (from, column) = match self.last.get() {
            (last, column) if last >= begin && last <= byte => (last, column),
            _ => (begin, 1),
        };
        let column = column + characters(&self.bytes[from..byte]);
        self.last.set((byte, column));
        Position { line: line + 1, column }
    }

    /// A finding as compilers print one: place, severity, code, what, the line, what to do.
    pub fn describe(&self, finding: &Finding, path: &str) -> String {
        let Finding { rule, span, what, remedy, fix } = finding;
        let at = self.position(span.start());
        let line = at.line - 1;
        let start = self.starts[line] as usize;
        let end = self.starts.get(line + 1).map_or(self.bytes.len(), |next| *next as usize - 1);

        // Nobody reads a line of megabytes.
        let near = start.max(span.start().min(end).saturating_sub(NEAR));
        let far = end.min(span.start().saturating_add(NEAR)).max(near);
        let head = text(&self.bytes[near..span.start().clamp(near, far)]);
        let marked = text(&self.bytes[span.start().clamp(near, far)..span.end().clamp(near, far)]);
        let tail = text(&self.bytes[span.end().clamp(near, far)..far]);
        let lines = line_with_carets(at.line, &head, &marked, tail.trim_end_matches('\r'));
        let head =
            format!("{path}:{}:{}: {}[{}]: {what}", at.line, at.column, rule.severity, rule.code);
        let mut out = folded(&head);
        out.push_str(&lines);
        out.push('\n');
        hint(&mut out, "  hint: ", remedy, WIDTH);
        out.push_str(if fix.is_some() { "  --fix does that\n" } else { "" });

        // What is quoted of the file may hold anything.
        printable(&out)
    }
}

/// Columns of a message; a line of the file is as long as it is.
const WIDTH: usize = 80;

/// What a finding begins with: tools read place and severity off its first line.
fn folded(head: &str) -> String {
    if head.chars().count() <= WIDTH {
        return format!("{head}\n");
    }
    let mut lines = String::new();
    wrapped(&mut lines, "", head, WIDTH - 4);
    lines.trim_end().replace('\n', "\n    ") + "\n"
}

/// How many bytes before and behind a place are looked at for its line.
const NEAR: usize = 400;
