//! Foresees the questions that come behind the operations at hand, so that they go out in the same
//! request. An answer that nobody needs does no harm: it only fills the cache. Sending them is left
//! to `send`.

use std::collections::BTreeMap;

use super::collect::{Expect, questions};
use super::together::leg;
use super::{Fleet, Task, go_together};
use crate::engine::sight::Sight;
use crate::host::views;
use crate::node::{NodeName, Question};
use crate::op::{Check, Op, Run};
use crate::step::{Asked, Lifespan, LookContext, Scope, Step, Views, When};

/// What comes behind the operations at hand.
#[derive(Clone, Copy)]
pub struct Ahead<'s> {
    /// The operations at hand, which are expected to be done then.
    pub due: &'s [&'s Task<'s>],
    /// The rows of the same step after them.
    pub rows: &'s [Vec<Task<'s>>],
    /// The step that looks at its own work, if it does.
    pub looks_of: Option<&'s Step>,
    /// The steps after that.
    pub steps: &'s [&'s Step],
    /// Whether anything of a step has begun.
    pub has_begun: &'s dyn Fn(&Step) -> bool,
    /// Whether a step has nothing left to do, so that what comes behind it can be asked as well.
    pub is_idle: &'s dyn Fn(&Step) -> bool,
    /// The look with which the run ends, if nothing else comes before it.
    pub end: Option<End<'s>>,
}

/// A look at everything, and what is expected to hold then.
#[derive(Clone, Copy)]
pub struct End<'s> {
    pub expected: &'s [(NodeName, Check)],
    pub look: &'s dyn Fn(&Views<'_>),
}

impl Fleet<'_> {
    /// What will be asked of each node once the operations at hand are done, as far as it does not
    /// depend on other answers: asked in the same request, it costs no round trip. Only questions
    /// that would be asked at once, so that an answer is as good as if it had been waited for.
    pub(super) fn foreseen(&self, ahead: &Ahead<'_>) -> BTreeMap<NodeName, Vec<Question>> {
        if self.is_stepwise {
            return BTreeMap::new();
        }
        questions(&views(&self.hosts), |hosts, expect| ahead.look(hosts, expect))
    }
}

// Answers only stand in for real ones here, so conclusions and errors are of no interest.
impl Ahead<'_> {
    fn look(&self, hosts: &Views<'_>, expect: Expect<'_>) {
        self.due.iter().for_each(|one| expect_done(one, expect));
        see(hosts, expect, go_together(self.rows));

        // What lasts is there to be done. A position may have been taken up already, and then what
        // comes behind it finds the nodes as it did.
        if self.rows.iter().flatten().any(|one| one.step.lifespan == Lifespan::Lasting) {
            return;
        }
        if let Some(step) = self.looks_of {
            expect_asked(step, expect);
            look(step, When::After, &LookContext::everywhere(hosts, true));
        }

        let together = leg(self.steps);
        if together > 1 {
            let rows: Vec<_> =
                self.steps[..together].iter().flat_map(|s| Task::rows(s, &s.nodes())).collect();
            see(hosts, expect, go_together(&rows));
            return;
        }

        for step in self.steps {
            if !self.look_at_step(step, hosts, expect) {
                return;
            }
        }

        if let Some(end) = self.end {
            end.expected.iter().for_each(|(node, check)| expect(node, check));
            (end.look)(hosts);
        }
    }

    /// A step that has not begun; whether what comes behind it can be asked as well.
    fn look_at_step(&self, step: &Step, hosts: &Views<'_>, expect: Expect<'_>) -> bool {
        let nodes = step.nodes();
        if let Scope::Holding { mount, expected } = &step.scope
            && let Some(host) = hosts.get(expected)
        {
            drop(host.mounted(mount));
        }

        let begun = (self.has_begun)(step);
        for node in &nodes {
            look(step, When::Before, &LookContext::on(hosts, node, begun));
        }

        let rows = Task::rows(step, &nodes);
        if step.lifespan == Lifespan::Lasting && !(self.is_idle)(step) {
            see(hosts, expect, go_together(&rows));
            if !rows.is_empty() {
                return false;
            }
        } else {
            // It stands already, or its position may.
            rows.iter().flatten().for_each(|one| expect_done(one, expect));
            see(hosts, &|_, _| {}, &rows);
        }

        look(step, When::After, &LookContext::everywhere(hosts, begun));
        true
    }
}

fn expect_done(one: &Task<'_>, expect: Expect<'_>) {
    if let Op::Run(Run { done_when, .. }) = &one.op {
        expect(&one.id.node, done_when);
    }
}

/// What has to hold for a proof of the step to be asked at all, and that it is as it has to be.
fn expect_asked(step: &Step, expect: Expect<'_>) {
    for guard in step.guards.iter().filter(|guard| guard.when == When::After) {
        let (Asked::Each(nodes) | Asked::Any(nodes)) = &guard.asked;
        for node in nodes {
            expect(node, &guard.only);
            expect(node, &guard.wrong.clone().negated());
        }
    }
}

fn look(step: &Step, at: When, context: &LookContext<'_>) {
    for (_, look) in step.looks.iter().filter(|(when, _)| *when == at) {
        drop(look(context));
    }
}

/// As the engine will look at these, which nobody has begun: no further where a host is missing.
fn see(hosts: &Views<'_>, expect: Expect<'_>, rows: &[Vec<Task<'_>>]) {
    for one in rows.iter().flatten() {
        if let Op::Run(Run { absent_when, .. }) = &one.op {
            expect(&one.id.node, absent_when);
        }
        let seen = hosts.get(&one.id.node).map(|host| Sight::of(*host, &one.op));
        if !matches!(seen, Some(Ok(_))) {
            return;
        }
    }
}
