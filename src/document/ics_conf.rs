//! An ics.conf without loss: every byte, plus an index of its parameters. It follows the rules of
//! the product's own reader as far as they are documented (appendix E). What is wrong for an edit,
//! and what is merely worth knowing, is in the files beside this one.

use std::ops::Range;

use super::Parameter;

/// A configuration file of Calendar Server, ics.conf (appendix E): every byte of it, whatever it
/// is.
///
/// A line is a parameter if it starts in the first column with a name, optional blanks and `=`. `!`
/// begins a comment. A quote that does not close on its line is carried to the lines that follow,
/// until it does; these are no parameters then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IcsConf {
    pub(super) bytes: Vec<u8>,
    spans: Vec<Span>,
    /// Lines that read like a parameter and are none: indented, or with a capital.
    pub(super) strays: Vec<Stray>,
    /// The line of a parameter whose quote is still open at the end of the file.
    pub(super) open_quote: Option<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Span {
    line: usize,
    last_line: usize,
    name: Range<usize>,
    value: Range<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stray {
    pub line: usize,
    pub name: String,
}

impl IcsConf {
    /// Takes any bytes; what is wrong with them is said by
    /// [`problems_for_block`](Self::problems_for_block).
    pub fn parse(bytes: &[u8]) -> Self {
        let mut file =
            Self { bytes: bytes.to_vec(), spans: Vec::new(), strays: Vec::new(), open_quote: None };

        let mut lines = Lines { bytes, start: 0, number: 0 };
        while let Some((number, at)) = lines.next() {
            let line = &bytes[at.clone()];
            match name_and_value(line) {
                Some((name, rest)) => {
                    let value = Range { start: at.start + rest, end: at.end };
                    let (value, last) = match complete(bytes, value, number, &mut lines) {
                        Ok(found) => found,
                        Err(found) => {
                            file.open_quote = Some(number);
                            found
                        }
                    };
                    file.spans.push(Span {
                        line: number,
                        last_line: last,
                        name: at.start..at.start + name,
                        value,
                    });
                }
                None => file.strays.extend(stray(line).map(|name| Stray { line: number, name })),
            }
        }
        file
    }

    /// Exactly the bytes that were parsed.
    pub fn render(&self) -> Vec<u8> {
        self.bytes.clone()
    }

    /// The active parameters in their order, duplicates included.
    pub fn parameters(&self) -> impl DoubleEndedIterator<Item = Parameter<'_>> {
        self.spans.iter().map(|span| self.parameter(span))
    }

    /// Those with nothing behind their `=`, not even quotes.
    pub(super) fn bare(&self) -> impl Iterator<Item = Parameter<'_>> {
        let quoted = |span: &Span| self.bytes[..span.value.start].ends_with(b"\"");
        let bare = move |span: &&Span| span.value.is_empty() && !quoted(span);
        self.spans.iter().filter(bare).map(|span| self.parameter(span))
    }

    fn parameter(&self, span: &Span) -> Parameter<'_> {
        Parameter {
            line: span.line,
            last_line: span.last_line,
            // Only ASCII passes for a name.
            name: std::str::from_utf8(&self.bytes[span.name.clone()]).unwrap_or_default(),
            value: &self.bytes[span.value.clone()],
        }
    }

    /// What the server takes for `name`: of duplicates the last one wins.
    pub fn value(&self, name: &str) -> Option<&[u8]> {
        self.parameters().rfind(|parameter| parameter.name == name).map(|parameter| parameter.value)
    }

    /// Line, name and value of every active parameter that speaks of one of these hosts or
    /// addresses, in its value or in its name (`caldb.dwp.server.<host>.ip`). Whole names in any
    /// case: `node1` is in `node1.example.com`, not in `node10`. A parameter that is set again
    /// further down does not count, here as for the server.
    pub fn physical_names(&self, names: &[&str]) -> Vec<(usize, &str, &[u8])> {
        let speaks = |text: &[u8]| names.iter().any(|name| contains_name(text, name.as_bytes()));
        let counts: std::collections::HashMap<&str, usize> =
            self.parameters().map(|p| (p.name, p.line)).collect();
        self.parameters()
            .filter(|parameter| counts.get(parameter.name) == Some(&parameter.line))
            // A directory may be named after a node and moves all the same (table 6-4).
            .filter(|parameter| {
                (speaks(parameter.value) && !parameter.value.starts_with(b"/"))
                    || speaks(parameter.name.as_bytes())
            })
            .map(|parameter| (parameter.line, parameter.name, parameter.value))
            .collect()
    }
}

/// Where lines begin and end, without their newline; counted from 1.
struct Lines<'a> {
    bytes: &'a [u8],
    start: usize,
    number: usize,
}

impl Iterator for Lines<'_> {
    type Item = (usize, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.bytes.get(self.start..).filter(|rest| !rest.is_empty())?;
        let length = rest.iter().position(|&b| b == b'\n').unwrap_or(rest.len());
        let line = self.start..self.start + length;
        self.start = line.end + 1;
        self.number += 1;
        Some((self.number, line))
    }
}

/// The length of the name, and where in the line the value begins: after the `=`.
fn name_and_value(line: &[u8]) -> Option<(usize, usize)> {
    line.first().filter(|b| b.is_ascii_lowercase())?;
    // A host name within may have capitals: caldb.dwp.server.Node1.ip.
    let name = line.iter().position(|b| !(b.is_ascii_alphanumeric() || b"._-[]".contains(b)))?;
    let blanks = line[name..].iter().position(|b| !blank(*b))?;
    (line[name + blanks] == b'=').then_some((name, name + blanks + 1))
}

fn blank(b: u8) -> bool {
    matches!(b, b' ' | b'\t')
}

/// The name of a line that would be a parameter if it stood in the first column and in lower case.
fn stray(line: &[u8]) -> Option<String> {
    let start = line.iter().position(|b| !blank(*b))?;
    let line = line[start..].to_ascii_lowercase();
    let (name, _) = name_and_value(&line)?;
    Some(String::from_utf8_lossy(&line[..name]).into_owned())
}

/// The value's bytes and its last line, from what follows the `=`. `Err` holds the same when the
/// file ends within the quote.
fn complete(
    bytes: &[u8],
    rest: Range<usize>,
    number: usize,
    lines: &mut Lines<'_>,
) -> Result<(Range<usize>, usize), (Range<usize>, usize)> {
    let quote = |within: Range<usize>| {
        bytes[within.clone()].iter().position(|&b| b == b'"').map(|at| within.start + at)
    };
    let Some(open) = quote(rest.clone()) else { return Ok((trimmed(bytes, rest), number)) };

    let quoted = bytes[rest.start..open].iter().all(|b| blank(*b));

    let (mut within, mut last) = (open + 1..rest.end, number);
    loop {
        if let Some(close) = quote(within.clone()) {
            let value =
                if quoted { open + 1..close } else { trimmed(bytes, rest.start..within.end) };
            return Ok((value, last));
        }
        match lines.next() {
            Some((number, line)) => (within, last) = (line, number),
            None => return Err((if quoted { open + 1 } else { rest.start }..bytes.len(), last)),
        }
    }
}

fn trimmed(bytes: &[u8], range: Range<usize>) -> Range<usize> {
    let text = &bytes[range.clone()];
    let start = range.start + (text.len() - text.trim_ascii_start().len());
    start..start + text.trim_ascii().len()
}

fn contains_name(text: &[u8], name: &[u8]) -> bool {
    let part =
        |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    !name.is_empty()
        && text.windows(name.len()).enumerate().any(|(at, window)| {
            window.eq_ignore_ascii_case(name)
                && !part(at.checked_sub(1).and_then(|before| text.get(before)))
                && !part(text.get(at + name.len()))
        })
}
