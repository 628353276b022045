//! One active line of a vfstab, whoever wrote it, with the fields it has: the right number of them
//! is not taken for granted.

use super::VfstabEntry;
use crate::op::{active_fields, same_path};

/// An active line of vfstab(4): neither blank nor a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VfstabLine<'a> {
    /// Counts from 1.
    pub number: usize,
    /// The line without newline and without the carriage return before it.
    pub text: &'a [u8],
    /// Separated by blanks and TABs in any number. An entry has seven; what stands here may have
    /// any number but none.
    pub fields: Vec<&'a [u8]>,
}

impl<'a> VfstabLine<'a> {
    /// The line, when it is active.
    pub(super) fn of(number: usize, line: &'a [u8]) -> Option<Self> {
        let text = line.strip_suffix(b"\r").unwrap_or(line);
        Some(Self { number, text, fields: active_fields(text)? })
    }

    /// Seven, unless somebody forgot a field or wrote a blank into one.
    pub fn field_count(&self) -> usize {
        self.fields.len()
    }

    /// The first field that is a device or the mount point of this entry.
    pub(super) fn about(&self, entry: &VfstabEntry) -> Option<&'a [u8]> {
        self.fields
            .iter()
            .copied()
            .find(|field| entry.has_device(field) || same_path(field, entry.mount_point.as_bytes()))
    }
}
