//! A run as plain lines, for a pipe, a log or a terminal without bars.

use std::io::Write;

use super::lines;
use crate::engine::{Event, Sink};

/// Plain lines, for a pipe, a log, or a terminal that wants nothing else.
pub struct Plain<W> {
    to: W,
}

impl<W: Write> Plain<W> {
    /// Writes to `to`, a line at a time.
    pub fn new(to: W) -> Self {
        Self { to }
    }
}

impl<W: Write> Sink for Plain<W> {
    fn tell(&mut self, event: &Event) {
        for line in lines(event, usize::MAX) {
            // A reader that has gone away must not stop an installation; the journal has
            // everything.
            let _ = writeln!(self.to, "{line}");
        }
        let _ = self.to.flush();
    }
}
