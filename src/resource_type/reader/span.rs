//! A stretch of bytes of a file.

/// Some bytes of a file, by their offsets. They are kept small: a file has a great many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    start: u32,
    end: u32,
}

/// What lies behind 4 GiB has no place of its own; nothing reads so large a file.
fn offset(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}

impl Span {
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: offset(start), end: offset(end) }
    }

    /// Nothing, between two bytes: where something is missing.
    pub fn at(byte: usize) -> Self {
        Self::new(byte, byte)
    }

    /// The offset of its first byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// The offset behind its last byte.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// From the beginning of this to the end of `other`.
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start, end: other.end.max(self.end) }
    }

    /// The bytes themselves.
    pub fn of(self, bytes: &[u8]) -> &[u8] {
        bytes.get(self.start()..self.end()).unwrap_or_default()
    }
}
