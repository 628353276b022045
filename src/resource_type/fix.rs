//! Changes that mend a finding without a second reading.

use super::Span;
use super::lint::lint;
use super::reader::RegistrationFile;

/// Bytes to put in the place of others; the changes of one fix do not overlap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    pub changes: Vec<(Span, Vec<u8>)>,
}

impl Fix {
    pub fn replace(span: Span, bytes: impl Into<Vec<u8>>) -> Self {
        Self { changes: vec![(span, bytes.into())] }
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
        let found = lint(&RegistrationFile::parse(&bytes), None, None).findings;
        let fixes: Vec<Fix> = found.into_iter().filter_map(|finding| finding.fix).collect();
        if fixes.is_empty() {
            return (bytes, count);
        }
        count += fixes.len();
        let changes = fixes.into_iter().flat_map(|fix| fix.changes).collect();
        bytes = Fix { changes }.applied(&bytes);
    }
}
