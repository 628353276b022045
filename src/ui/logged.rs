//! Writes the log of a run beside whatever shows it: lines with times for people, events for the
//! report. A log that cannot be written never stops a run.

use std::fs::File;
use std::io::Write as _;

use super::lines;
use crate::engine::{Event, Sink};
use crate::text::{printable, screened};

/// Somebody who is told, and two files beside: what scrolls by with its time, for people, and each
/// event as a line of JSON, for the report.
pub struct Logged<'a> {
    to: Box<dyn Sink + 'a>,
    files: Option<(File, File)>,
    clock: fn() -> String,
}

impl<'a> Logged<'a> {
    /// Tells `to`, and writes into these files (lines, events), if there are any.
    pub fn new(to: Box<dyn Sink + 'a>, files: Option<(File, File)>, clock: fn() -> String) -> Self {
        Self { to, files, clock }
    }
}

impl Sink for Logged<'_> {
    fn tell(&mut self, event: &Event) {
        self.to.tell(event);
        let Some((text, events)) = &mut self.files else { return };
        let at = (self.clock)();
        let mut said: String =
            lines(event, usize::MAX).into_iter().map(|line| format!("{at}  {line}\n")).collect();
        if let Event::OpBegins { diff: Some(diff), .. } = event {
            said.extend(printable(diff).lines().map(|line| format!("{at}            {line}\n")));
        }
        let event = serde_json::json!({ "at": at, "event": event });
        // Each in one write: printed piece by piece an event costs hundreds. A log that cannot be
        // written on must not stop an installation; the journal has what matters.
        let _ = text.write_all(said.as_bytes());
        let _ = events.write_all(format!("{}\n", screened(&event.to_string())).as_bytes());
    }

    fn note(&mut self, said: &str) {
        self.to.note(said);
        if let Some((text, _)) = &mut self.files {
            let at = (self.clock)();
            let said: String =
                printable(said).lines().map(|line| format!("{at}  {line}\n")).collect();
            let _ = text.write_all(said.as_bytes());
        }
    }

    fn has_shown(&self, code: &str, what: &str) -> bool {
        self.to.has_shown(code, what)
    }
}
