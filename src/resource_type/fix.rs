//! Changes that mend a finding without a second reading.

use super::Span;
use super::lint::{directive_fix, quotes_fix};
use super::reader::{Kind, RegistrationFile, Token};

/// Bytes to put in the place of others; the changes of one fix do not overlap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    pub changes: Vec<(Span, Vec<u8>)>,
}

impl Fix {
    pub fn replace(span: Span, bytes: impl Into<Vec<u8>>) -> Self {
        Self { changes: vec![(span, bytes.into())] }
    }

    /// A stretch of the bytes with the changes made in it, behind what is there.
    fn write(mut self, bytes: &[u8], stretch: Span, out: &mut Vec<u8>) {
        self.changes.sort_by_key(|(span, _)| *span);
        let mut done = stretch.start();
        for (span, new) in &self.changes {
            out.extend_from_slice(&bytes[done..span.start()]);
            out.extend_from_slice(new);
            done = span.end();
        }
        out.extend_from_slice(&bytes[done..stretch.end()]);
    }

    /// The bytes with the changes made. Everything else stays as it is.
    pub fn applied(mut self, bytes: &[u8]) -> Vec<u8> {
        self.changes.sort_by_key(|(span, _)| *span);

        let mut out = Vec::with_capacity(bytes.len());
        let mut done = 0;
        for (span, new) in &self.changes {
            // Two findings may ask for the same change.
            if span.start() < done {
                continue;
            }
            out.extend_from_slice(&bytes[done..span.start()]);
            out.extend_from_slice(new);
            done = span.end();
        }
        out.extend_from_slice(&bytes[done..]);
        out
    }
}

/// The bytes with everything mended that has one reading, and how many findings that were.
///
/// A quote that is mended may show what it had taken in, so this goes on until nothing is left:
/// each change takes a quote, or a `#$` that is no directive, away for good.
pub fn mended(bytes: &[u8]) -> (Vec<u8>, usize) {
    let mut bytes = bytes.to_vec();
    let mut count = 0;
    loop {
        let (mended, fixes) = mended_once(&RegistrationFile::parse(&bytes));
        if fixes == 0 {
            return (bytes, count);
        }
        count += fixes;
        bytes = mended;
    }
}

/// Token for token, however many there are: only so many findings are listed.
fn mended_once(file: &RegistrationFile) -> (Vec<u8>, usize) {
    let bytes = file.bytes();
    let mut out = Vec::with_capacity(bytes.len() + 64);
    let mut count = 0;
    for token in file.tokens() {
        match fix_of(file, token) {
            Some(fix) => {
                fix.write(bytes, token.span, &mut out);
                count += 1;
            }
            None => out.extend_from_slice(token.span.of(bytes)),
        }
    }
    (out, count)
}

fn fix_of(file: &RegistrationFile, token: Token) -> Option<Fix> {
    match token.kind {
        Kind::Quoted(quotes) => quotes_fix(file.bytes(), token.span, quotes),
        Kind::Directive => directive_fix(file, token.span),
        _ => None,
    }
}
