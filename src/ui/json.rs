//! A run as lines of JSON for programs. Each event is one line, written at once.

use std::io::Write;

use crate::engine::{Event, Sink};

/// One event a line, as JSON.
pub struct Json<W> {
    to: W,
}

impl<W: Write> Json<W> {
    /// Writes to `to`.
    pub fn new(to: W) -> Self {
        Self { to }
    }
}

impl<W: Write> Sink for Json<W> {
    fn tell(&mut self, event: &Event) {
        if let Ok(line) = serde_json::to_string(event) {
            // A reader that has gone away must not stop an installation; the journal has
            // everything.
            let _ = self.to.write_all(format!("{line}\n").as_bytes());
            let _ = self.to.flush();
        }
    }
}
