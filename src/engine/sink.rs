use super::Event;

/// Whoever is told what happens: a terminal, a pipe, a file of JSON lines.
pub trait Sink {
    fn tell(&mut self, event: &Event);
}

impl Sink for Vec<Event> {
    fn tell(&mut self, event: &Event) {
        self.push(event.clone());
    }
}
