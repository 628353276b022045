//! What the vendor's programs do otherwise than one would expect: rows of the table of facts, each
//! with mark and source. The programs themselves are in `calendar`.

use super::{Fact, Mark, Oddity};

pub(super) const FACTS: &[Fact] = &[Fact {
    oddity: Oddity::OneRootPerHost,
    id: "one-root-per-host",
    does: "The Communications Suite 5 installer refuses a second install root on a host; commpkg \
           of Suite 6 allows several.",
    mark: Mark::Documented,
    source: "820-2869",
    on: |_, _| true,
}];
