//! One active parameter of an ics.conf: its lines, its name, and its value byte for byte.

/// An active parameter of an ics.conf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter<'a> {
    /// The line it starts on; counts from 1.
    pub line: usize,
    /// The line its closing quote stands on: the same one, unless the quote was left open.
    pub last_line: usize,
    /// ASCII, beginning with a lower case letter: `service.http.listenaddr`.
    pub name: &'a str,
    /// Between the quotes, byte for byte; of an unquoted value what stands there, without blanks
    /// around it.
    pub value: &'a [u8],
}
