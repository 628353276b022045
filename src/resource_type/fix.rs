//! Changes that mend a finding without a second reading.

use super::{Finding, Span};

/// Bytes to put in the place of others; the changes of one fix do not overlap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    pub changes: Vec<(Span, Vec<u8>)>,
}

impl Fix {
    pub fn replace(span: Span, bytes: impl Into<Vec<u8>>) -> Self {
        Self { changes: vec![(span, bytes.into())] }
    }
}

/// The bytes with every fix of these findings applied. Everything else stays as it is.
pub fn fixed(bytes: &[u8], findings: &[Finding]) -> Vec<u8> {
    let mut changes: Vec<&(Span, Vec<u8>)> =
        findings.iter().filter_map(|f| f.fix.as_ref()).flat_map(|fix| &fix.changes).collect();
    changes.sort_by_key(|(span, _)| *span);

    let mut out = Vec::with_capacity(bytes.len());
    let mut done = 0;
    for (span, new) in changes {
        // Two findings may ask for the same change.
        if span.start < done {
            continue;
        }
        out.extend_from_slice(&bytes[done..span.start]);
        out.extend_from_slice(new);
        done = span.end;
    }
    out.extend_from_slice(&bytes[done..]);
    out
}
