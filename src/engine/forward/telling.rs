//! Several steps that nothing has to be looked at or asked between: they go out as one, and are
//! told one after the other, as if each had been done by itself.

use std::collections::BTreeSet;

use super::steps::{Numbered, step_begins};
use crate::engine::fleet::Task;
use crate::engine::{Engine, Event, Stop};
use crate::node::NodeName;

/// Steps that are done as one, and how many of them have been told to begin; the last of these has
/// not been told to end.
struct Telling<'s> {
    steps: &'s [Numbered<'s>],
    begun: usize,
}

impl Engine<'_> {
    /// Does these steps as one.
    pub(super) fn run_leg(&mut self, steps: &[Numbered<'_>]) -> Result<(), Stop> {
        let rows: Vec<Vec<Task<'_>>> =
            steps.iter().flat_map(|n| Task::rows(n.step, &n.step.nodes())).collect();
        let mut rows = rows.as_slice();
        let mut telling = Telling { steps, begun: 0 };

        let mut result = Ok(0);
        while !rows.is_empty() && result.is_ok() {
            // What is about to be done first can be seen while it is done.
            let first = rows[0][0].step.id.as_str();
            self.tell_all(telling.up_to(first, &BTreeSet::new()));

            self.held = Some(Vec::new());
            result = self.run_some(rows, None);
            let held = self.held.take().unwrap_or_default();
            self.tell_all(telling.in_order(held));

            rows = &rows[*result.as_ref().unwrap_or(&0)..];
        }

        result?;
        if let Some(Numbered { step: last, .. }) = steps.last() {
            self.tell_all(telling.up_to(last.id.as_str(), &BTreeSet::new()));
            self.sink.tell(&Event::StepEnds { id: last.id.to_string() });
        }
        Ok(())
    }

    fn tell_all(&mut self, events: Vec<Event>) {
        events.iter().for_each(|event| self.sink.tell(event));
    }
}

impl Telling<'_> {
    fn position(&self, step: &str) -> Option<usize> {
        self.steps.iter().position(|numbered| numbered.step.id == *step)
    }

    /// The ends and beginnings of steps until this one has begun. What is in `open` has not ended
    /// well.
    fn up_to(&mut self, step: &str, open: &BTreeSet<String>) -> Vec<Event> {
        let mut events = Vec::new();
        let Some(at) = self.position(step) else { return events };
        while self.begun <= at {
            let before = self.begun.checked_sub(1).and_then(|before| self.steps.get(before));
            let ended = before.filter(|before| !open.contains(before.step.id.as_str()));
            events.extend(ended.map(|n| Event::StepEnds { id: n.step.id.to_string() }));
            events.push(step_begins(self.steps[self.begun]));
            self.begun += 1;
        }
        events
    }

    /// What happened, in the order of the steps, with their ends and beginnings.
    fn in_order(&mut self, mut held: Vec<Event>) -> Vec<Event> {
        let open = left_open(&held);
        held.sort_by_key(|event| event.step().and_then(|step| self.position(step)));

        let mut events = Vec::new();
        for event in held {
            if let Some(step) = event.step() {
                events.extend(self.up_to(step, &open));
            }
            events.push(event);
        }
        events
    }
}

/// Steps of which an operation began and did not end well.
fn left_open(events: &[Event]) -> BTreeSet<String> {
    let ended = |of: &str, on: &NodeName, as_number: u32| {
        events.iter().any(|e| {
            matches!(
                e,
                Event::OpEnds { step, node, number, .. }
                    if (step.as_str(), node, *number) == (of, on, as_number)
            )
        })
    };
    let begun = events.iter().filter_map(|event| match event {
        Event::OpBegins { step, node, number, .. } => Some((step, node, *number)),
        _ => None,
    });
    begun
        .filter(|(step, node, number)| !ended(step, node, *number))
        .map(|(step, ..)| step.clone())
        .collect()
}
