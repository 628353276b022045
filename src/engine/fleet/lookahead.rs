//! Foresees the questions that come behind the operations at hand, so that they go out in the same
//! request. An answer that nobody needs does no harm: it only fills the cache. Sending them is left
//! to `batch`.

use std::collections::BTreeMap;

use super::cache::Known;
use super::task::Named;
use crate::engine::Engine;
use crate::node::{NodeName, Question};
use crate::op::{Op, Run};
use crate::step::{Lifespan, Scope, Step, When};

/// What comes behind a step's operations.
#[derive(Clone, Copy)]
pub(in crate::engine) struct Next<'s> {
    /// The step that looks at its own work, if it does.
    pub looks_of: Option<&'s Step>,
    /// The steps after that, with their numbers.
    pub steps: &'s [(usize, &'s Step)],
}

/// The rows that are looked at together: the first, and those after it that may go along with it.
pub(in crate::engine) fn first_of<'r, 's>(rows: &'r [Vec<Named<'s>>]) -> &'r [Vec<Named<'s>>] {
    let travelling = rows.iter().take_while(|row| row.iter().all(Named::travels)).count();
    &rows[..travelling.max(1).min(rows.len())]
}

impl Engine<'_> {
    /// What will be asked of each node once the operations at hand are done, as far as it does not
    /// depend on other answers: asked in the same request, it costs no round trip. Only questions
    /// that would be asked at once, so that an answer is as good as if it had been waited for.
    ///
    /// `due` is expected to be done then, and so is the position of a step that only takes up one:
    /// it may stand already.
    pub(in crate::engine) fn foreseen(
        &self,
        due: &[&Named<'_>],
        rows: &[Vec<Named<'_>>],
        next: Next<'_>,
    ) -> BTreeMap<NodeName, Vec<Question>> {
        if self.prompt.proposes() {
            return BTreeMap::new();
        }

        Known::questions(&self.hosts, |hosts, expect| {
            let done = |one: &Named<'_>| {
                if let Op::Run(Run { done_when, .. }) = &one.op {
                    expect(&one.id.node, done_when);
                }
            };
            due.iter().for_each(|one| done(one));

            // Answers only stand in for real ones here, so conclusions and errors are of no
            // interest.
            if !rows.is_empty() {
                drop(Self::seen(hosts, first_of(rows)));
            }

            // What lasts is there to be done. A position may have been taken up already, and then
            // what comes behind it finds the nodes as it did.
            if rows.iter().flatten().any(|one| one.step.lifespan == Lifespan::Lasting) {
                return;
            }

            if let Some(step) = next.looks_of {
                step.looks
                    .iter()
                    .filter(|(when, _)| *when == When::After)
                    .for_each(|(_, look)| drop(look(hosts, None, true)));
            }

            let together = self.together(next.steps);
            if together > 1 {
                let rows: Vec<_> = next.steps[..together]
                    .iter()
                    .flat_map(|(_, s)| Self::rows(s, &s.nodes()))
                    .collect();
                drop(Self::seen(hosts, first_of(&rows)));
                return;
            }

            for (_, step) in next.steps {
                let nodes = step.nodes();
                if let Scope::Holding { mount, expected } = &step.scope
                    && let Some(host) = hosts.get(expected)
                {
                    drop(host.mounted(mount));
                }

                let begun = self.has_begun(step);
                for (_, look) in step.looks.iter().filter(|(when, _)| *when == When::Before) {
                    nodes.iter().for_each(|node| drop(look(hosts, Some(node), begun)));
                }

                let rows = Self::rows(step, &nodes);
                if step.lifespan == Lifespan::Passing {
                    rows.iter().flatten().for_each(done);
                }
                if !rows.is_empty() {
                    drop(Self::seen(
                        hosts,
                        if step.lifespan == Lifespan::Passing { &rows } else { first_of(&rows) },
                    ));
                }
                if step.lifespan == Lifespan::Lasting && !rows.is_empty() {
                    return;
                }
                step.looks
                    .iter()
                    .filter(|(when, _)| *when == When::After)
                    .for_each(|(_, look)| drop(look(hosts, None, begun)));
            }
        })
    }
}
