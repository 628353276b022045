//! Findings as they are made, so many at most: what has more is damaged, or no registration file.

use crate::resource_type::Finding;

/// So many findings are enough of one file.
pub const MOST: usize = 4_000;

/// The findings of a file.
#[derive(Default)]
pub struct Findings {
    all: Vec<Finding>,
    is_cut: bool,
}

impl Findings {
    /// Takes one in, as long as there is room.
    pub fn push(&mut self, finding: Finding) {
        if self.is_full() {
            self.is_cut = true;
        } else {
            self.all.push(finding);
        }
    }

    pub fn extend(&mut self, findings: impl IntoIterator<Item = Finding>) {
        findings.into_iter().for_each(|finding| self.push(finding));
    }

    /// Whether nobody has to look for more.
    pub fn is_full(&self) -> bool {
        self.all.len() >= MOST
    }

    /// All of them, and whether there were more.
    pub fn end(self) -> (Vec<Finding>, bool) {
        (self.all, self.is_cut)
    }
}
