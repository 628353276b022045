//! A vfstab without loss, and whether an entry stands in it. An entry is recognised by what its
//! fields mean, not by the blanks between them. What would make an edit wrong is in the files
//! beside this one.

use super::lines::numbered;
use super::{VfstabEntry, VfstabLine};
use crate::op::Likeness;

/// The table of file systems, /etc/vfstab (vfstab(4)): every byte of it, whatever it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vfstab {
    pub(super) bytes: Vec<u8>,
}

impl Vfstab {
    /// Takes any bytes; what is wrong with them is said by [`problems_for`](Self::problems_for).
    pub fn parse(bytes: &[u8]) -> Self {
        Self { bytes: bytes.to_vec() }
    }

    /// Exactly the bytes that were parsed.
    pub fn render(&self) -> Vec<u8> {
        self.bytes.clone()
    }

    /// The active lines in their order, whether they have seven fields or not.
    pub fn entries(&self) -> impl Iterator<Item = VfstabLine<'_>> {
        numbered(&self.bytes).filter_map(|(number, line)| VfstabLine::of(number, line))
    }

    /// Whether a line stands there that means the same as the entry.
    pub fn has(&self, entry: &VfstabEntry) -> bool {
        let wanted = entry.line();
        numbered(&self.bytes).any(|(_, line)| Likeness::of(line, &wanted) == Likeness::Same)
    }
}
