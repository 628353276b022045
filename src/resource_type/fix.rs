//! The change that mends a finding. Which one mends what is for the rules of `lint`.

use super::Span;

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
    pub fn write(mut self, bytes: &[u8], stretch: Span, out: &mut Vec<u8>) {
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
