//! The steps of a run, one after the other: told, looked at before, agreed to, done, looked at
//! after. What becomes of each operation is left to `tasks`.

use crate::engine::fleet::Task;
use crate::engine::{Engine, Event, Stop, Survey};
use crate::journal::State;
use crate::problem::{Problem, codes};
use crate::step::{Lifespan, Scope, Step, StepKind, When};

/// A step with its number in the guide.
#[derive(Clone, Copy)]
pub(in crate::engine) struct Numbered<'s> {
    pub number: usize,
    /// How many there are.
    pub of: usize,
    pub step: &'s Step,
    /// Whether it has had its turn in this order.
    pub again: bool,
}

impl<'a> Engine<'a> {
    /// The steps of the guide for which this holds, with their numbers.
    pub(in crate::engine) fn numbered(&self, of: impl Fn(&Step) -> bool) -> Vec<Numbered<'a>> {
        let steps = &self.guide.steps;
        let all = steps.iter().enumerate();
        all.filter(|(_, step)| of(step))
            .map(|(at, step)| Numbered { number: at + 1, of: steps.len(), step, again: false })
            .collect()
    }

    /// Does these steps, and again what they have made obsolete.
    pub(in crate::engine) fn run_steps(
        &mut self,
        survey: &Survey,
        due: &[Numbered<'a>],
    ) -> Result<(), Stop> {
        self.tell_standing()?;
        // What would be in the way of its work is of no interest where there is none.
        let is_idle = |step: &Step| {
            survey.findings.iter().any(|finding| finding.key.step == step.id)
                && !survey.has_work(step.id.as_str())
        };
        let idle = due.iter().filter(|numbered| is_idle(numbered.step));
        self.idle = idle.map(|numbered| numbered.step.id.clone()).collect();

        let mut left = due;
        while !left.is_empty() {
            let steps: Vec<&Step> = left.iter().map(|numbered| numbered.step).collect();
            let (leg, rest) = left.split_at(self.fleet.leg(&steps));
            self.coming = rest.iter().map(|numbered| numbered.step).collect();
            if rest.is_empty() {
                // Most often they still stand.
                self.coming = self.obsolete().into_iter().map(|again| again.step).collect();
                self.idle.extend(self.coming.iter().map(|step| step.id.clone()));
            }

            match leg {
                [one] => {
                    self.run_step(*one, self.idle.contains(&one.step.id))?;
                    if one.step.moves() {
                        self.tell_standing()?;
                    }
                }
                several => self.run_leg(several)?,
            }
            left = rest;
        }

        // A step that ran again may have made an earlier one obsolete, or only seemingly so.
        self.coming.clear();
        for again in self.obsolete() {
            self.run_step(Numbered { again: true, ..again }, false)?;
        }
        Ok(())
    }

    /// Lasting steps of which something is obsolete now.
    fn obsolete(&self) -> Vec<Numbered<'a>> {
        let keys = self.journal.history().in_state(State::Invalidated);
        self.numbered(|step| {
            step.lifespan == Lifespan::Lasting && keys.iter().any(|(key, _)| key.step == step.id)
        })
    }

    fn run_step(&mut self, numbered: Numbered<'_>, idle: bool) -> Result<(), Stop> {
        self.sink.tell(&step_begins(numbered));
        loop {
            match self.do_step(numbered, idle) {
                // What belongs to the cluster any member can do.
                Err(Stop::Unreachable(lost)) if self.goes_on_without(numbered.step, &lost)? => {}
                other => return other,
            }
        }
    }

    fn do_step(&mut self, numbered: Numbered<'_>, idle: bool) -> Result<(), Stop> {
        let step = numbered.step;
        let nodes = self.places_now(step)?;
        if nodes.is_empty() {
            let what = "the shared file system is mounted on no node";
            let problem = Problem::of_step(codes::UNREACHABLE, step.id.as_str(), what)
                .hint(self.back_to(step));
            return Err(Stop::Blocked(self.tell_problems(step.id.as_str(), vec![problem])));
        }

        for node in nodes.iter().filter(|_| !idle) {
            self.need(step, When::Before, Some(node))?;
        }
        if !self.is_agreed(numbered, &nodes)? {
            return Ok(());
        }

        let changed = self.changed;
        self.run_rows(&Task::rows(step, &nodes), Some(step))?;
        if step.id.kind == StepKind::ServiceEnable && self.changed > changed {
            self.started.push(step.id.instance.clone());
        }

        self.need(step, When::After, None)?;
        self.tell_reach(step);
        for cleaned in &step.cleans {
            self.note_cleaned(cleaned.as_str())?;
        }
        self.sink.tell(&Event::StepEnds { id: step.id.to_string() });
        Ok(())
    }

    fn back_to(&self, step: &Step) -> String {
        match &step.scope {
            Scope::Holding { mount, .. } => self.back_to_mount(mount),
            Scope::EachNode(_) | Scope::One(_) | Scope::Member(_) => "connect its nodes".into(),
        }
    }
}

/// What is told when a step begins.
pub(in crate::engine) fn step_begins(numbered: Numbered<'_>) -> Event {
    let Numbered { number, of, step, again } = numbered;
    Event::StepBegins {
        number,
        of,
        id: step.id.to_string(),
        title: step.title.clone(),
        section: step.cite.to_string(),
        why: step.why.into(),
        again,
    }
}
