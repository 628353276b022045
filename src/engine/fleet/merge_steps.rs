//! Does several steps together, where nothing is looked at or asked between them. They are told one
//! after the other, as if each had been done by itself. How their operations go out is left to
//! `batch`.

use std::collections::BTreeSet;

use super::lookahead::Next;
use super::task::Named;
use crate::engine::install::step_begins;
use crate::engine::{Engine, Event, Stop};
use crate::node::NodeName;
use crate::step::{Scope, Step, When};

impl Engine<'_> {
    /// Whether a step may go out together with those beside it: every node can do it by itself and
    /// take it back, nothing is looked at between, and nobody wants to be asked about each step.
    fn may_go_with_others(&self, step: &Step) -> bool {
        let alone = step.moves()
            || !step.cleans.is_empty()
            || step.answers_at.is_some()
            || self.prompt.proposes();
        let looks_between = step.looks.iter().any(|(when, _)| *when != When::Early);
        let Scope::EachNode(nodes) = &step.scope else { return false };
        let travels = |node| Named::all(step, node).iter().all(Named::travels);
        !alone && !looks_between && nodes.iter().all(travels)
    }

    /// How many of these steps, from the first, may go out together.
    pub(in crate::engine) fn together(&self, steps: &[(usize, &Step)]) -> usize {
        steps.iter().take_while(|(_, step)| self.may_go_with_others(step)).count()
    }

    /// Does steps together; they are told one after the other, as if they had been done so.
    pub(in crate::engine) fn run_group(
        &mut self,
        steps: &[(usize, &Step)],
        of: usize,
        next: &[(usize, &Step)],
    ) -> Result<(), Stop> {
        let rows: Vec<Vec<Named<'_>>> =
            steps.iter().flat_map(|(_, step)| Self::rows(step, &step.nodes())).collect();
        let mut rows = rows.as_slice();

        // How many have been told to begin; the last of these has not been told to end.
        let mut begun = 0;
        let mut result = Ok(0);
        while !rows.is_empty() && result.is_ok() {
            // What is about to be done first can be seen while it is done.
            begun =
                self.tell_up_to(steps, begun, of, rows[0][0].step.id.as_str(), &BTreeSet::new());

            self.held = Some(Vec::new());
            result = self.run_some(rows, Next { looks_of: None, steps: next });
            let mut held = self.held.take().unwrap_or_default();
            let open = left_open(&held);
            held.sort_by_key(|event| {
                event.step().and_then(|step| steps.iter().position(|(_, s)| s.id == *step))
            });

            for event in held {
                if let Some(step) = event.step() {
                    begun = self.tell_up_to(steps, begun, of, step, &open);
                }
                self.sink.tell(&event);
            }

            rows = &rows[*result.as_ref().unwrap_or(&0)..];
        }

        result?;
        if let Some((_, last)) = steps.last() {
            self.tell_up_to(steps, begun, of, last.id.as_str(), &BTreeSet::new());
            self.sink.tell(&Event::StepEnds { id: last.id.to_string() });
        }
        Ok(())
    }

    /// Tells the ends and beginnings of steps until this one has begun; how many have begun then.
    /// What is in `open` has not ended well.
    fn tell_up_to(
        &mut self,
        steps: &[(usize, &Step)],
        mut begun: usize,
        of: usize,
        step: &str,
        open: &BTreeSet<String>,
    ) -> usize {
        let Some(at) = steps.iter().position(|(_, s)| s.id == *step) else { return begun };
        while begun <= at {
            let before = begun.checked_sub(1).and_then(|before| steps.get(before));
            if let Some((_, before)) =
                before.filter(|(_, before)| !open.contains(before.id.as_str()))
            {
                self.sink.tell(&Event::StepEnds { id: before.id.to_string() });
            }
            let (number, next) = steps[begun];
            self.sink.tell(&step_begins(next, number, of));
            begun += 1;
        }
        begun
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
