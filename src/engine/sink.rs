//! Where the engine tells what happens: a terminal, a pipe, a file of JSON lines. The engine itself
//! prints nothing, and what a sink does changes nothing in the run. How an event looks is left to
//! the sink.

use super::Event;

/// Whoever is told what happens.
pub trait Sink {
    fn tell(&mut self, event: &Event);
    /// What was said to people outside of the events; only a log keeps it.
    fn note(&mut self, _: &str) {}
    /// Whether somebody has this problem or question before them already, on a terminal that shows
    /// everything.
    fn has_shown(&self, _code: &str, _what: &str) -> bool {
        false
    }
}

impl Sink for Vec<Event> {
    fn tell(&mut self, event: &Event) {
        self.push(event.clone());
    }
}
