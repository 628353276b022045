//! A rehearsed installation in few lines: of a step how many proofs it has, and its commands, each
//! once for all nodes that get it. Steps of a further instance are those of the first one with
//! other names, so they are told together, in a few lines for the instance. A step that is cut off
//! shows its commands before why, and every problem is told once. What is left out here,
//! `--verbose` shows.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use super::course_step::{CourseStep, Told, is_by_hand};
use super::lines::{ended, lines, undo_begins};
use super::{Held, Once, Opening};
use crate::engine::{Event, Outcome, Sink};
use crate::text::printable;

const WIDTH: usize = 80;

/// The course of a rehearsal, in brief.
pub struct Course<W> {
    to: W,
    opening: Opening,
    once: Once,
    /// Codes of what was worth saying.
    noted: BTreeSet<String>,
    /// The instances whose names steps end in.
    instances: Vec<String>,
    /// The first instance that had a step of this kind.
    kinds: BTreeMap<String, String>,
    /// The step at work, and what it repeats.
    step: CourseStep,
    repeats: Option<Repeated>,
    /// Steps of further instances that were not shown yet.
    together: Vec<Together>,
    /// How many steps there are.
    of: usize,
    /// The step only had to be looked at again.
    is_again: bool,
}

/// A step of a further instance.
struct Repeated {
    number: usize,
    kind: String,
    instance: String,
    first: String,
}

/// Such steps of an instance, one after the other, or the same ones of several instances.
struct Together {
    /// Their numbers.
    begins: usize,
    ends: usize,
    instances: Vec<String>,
    first: String,
    kinds: Vec<String>,
    all: CourseStep,
}

impl<W: Write> Course<W> {
    /// Writes to `to`. `instances`: their names, where there are several.
    pub fn new(to: W, instances: Vec<String>) -> Self {
        Self {
            to,
            opening: Opening::new(Held::default()),
            once: Once::default(),
            noted: BTreeSet::new(),
            instances,
            kinds: BTreeMap::new(),
            step: CourseStep::default(),
            repeats: None,
            together: Vec::new(),
            of: 0,
            is_again: false,
        }
    }

    fn say(&mut self, said: &str) {
        // Whoever does not read it loses nothing: the journal has everything.
        let _ = self.to.write_all(printable(said).as_bytes());
    }

    /// What this step repeats, by its name; none: it is the first of its kind.
    fn repeated(&mut self, number: usize, id: &str) -> Option<Repeated> {
        let kind_of = |name: &str| id.strip_suffix(name)?.strip_suffix('-');
        let names = self.instances.iter().filter(|name| kind_of(name).is_some());
        // Of two names of which one ends in the other the longer one is meant.
        let instance = names.max_by_key(|name| name.len())?.clone();
        let kind = kind_of(&instance)?.to_owned();
        let first = self.kinds.entry(kind.clone()).or_insert_with(|| instance.clone()).clone();
        (first != instance).then_some(Repeated { number, kind, instance, first })
    }

    /// Shows the steps of further instances that have ended.
    fn show_together(&mut self) {
        let mut alike: Vec<Together> = Vec::new();
        for next in std::mem::take(&mut self.together) {
            match alike.last_mut().filter(|l| l.kinds == next.kinds && l.first == next.first) {
                Some(last) => {
                    last.ends = next.ends;
                    last.instances.extend(next.instances);
                    last.all.take_in(next.all);
                }
                None => alike.push(next),
            }
        }

        for Together { begins, ends, instances, first, kinds, mut all } in alike {
            let numbers = match begins == ends {
                true => format!("[{begins:>2}/{}] ", self.of),
                false => format!("[{begins:>2}-{ends}/{}] ", self.of),
            };
            let instances = instances.join(", ");
            let title = format!("{instances}, as {first}: {}", kinds.join(", "));
            all.head = Some((numbers, title));
            let shown = all.shown(true, &mut self.noted, WIDTH);
            self.say(&shown);
        }
    }

    /// Shows what was gathered, of a step that is still at work too.
    fn show(&mut self) {
        self.show_together();
        self.repeats = None;
        let shown = self.step.shown(false, &mut self.noted, WIDTH);
        self.say(&shown);
    }

    fn step_begins(&mut self, number: usize, of: usize, id: &str, title: &str) {
        self.repeats = self.repeated(number, id);
        self.step = CourseStep::new(format!("[{number:>2}/{of}] "), format!("{id}: {title}"));
        if self.repeats.is_none() {
            self.show_together();
        }
        self.of = of;
    }

    fn step_ends(&mut self) {
        let mut step = std::mem::take(&mut self.step);
        match self.repeats.take() {
            _ if std::mem::take(&mut self.is_again) => {
                step.proofs = 0;
                let shown = step.shown(false, &mut self.noted, WIDTH);
                if !shown.is_empty() {
                    self.show_together();
                    self.say(&shown);
                }
            }
            Some(repeated) => self.join(repeated, step),
            None => {
                let shown = step.shown(true, &mut self.noted, WIDTH);
                self.say(&shown);
            }
        }
    }

    /// Puts a step of a further instance to those before it.
    fn join(&mut self, step: Repeated, told: CourseStep) {
        let Repeated { number, kind, instance, first } = step;
        let is_same = |last: &Together| last.instances.contains(&instance) && last.first == first;
        if !self.together.last().is_some_and(is_same) {
            self.together.push(Together {
                begins: number,
                ends: number,
                instances: vec![instance],
                first,
                kinds: Vec::new(),
                all: CourseStep::default(),
            });
        }
        if let Some(last) = self.together.last_mut() {
            last.ends = number;
            last.kinds.push(kind);
            last.all.take_in(told);
        }
    }

    /// What is told whole, behind what was gathered.
    fn whole(&mut self, event: &Event) {
        self.show();
        for line in lines(event, WIDTH) {
            self.say(&format!("{line}\n"));
        }
    }
}

impl<W: Write> Sink for Course<W> {
    fn tell(&mut self, event: &Event) {
        if let Some(few) = self.opening.told(event, WIDTH) {
            few.iter().for_each(|line| self.say(&format!("{line}\n")));
            return;
        }
        match event {
            Event::StepBegins { number, of, id, title, again, .. } => {
                self.is_again = *again;
                match again {
                    true => self.step = CourseStep::default(),
                    false => self.step_begins(*number, *of, id, title),
                }
            }
            Event::UndoBegins { number, of, id, title, .. } => {
                self.show();
                self.say(&undo_begins(*number, *of, id, title, WIDTH));
            }

            Event::OpBegins { attended, node, commands, .. } => {
                self.step.gather(node, commands);
                // From here on the terminal is its program's. Handwork is done by the lab.
                if *attended && !is_by_hand(commands) {
                    self.show();
                }
            }
            Event::Fact { .. } | Event::OpEnds { outcome: Outcome::Done, .. } => {
                self.step.proofs += 1;
            }
            Event::OpEnds { outcome: Outcome::Already | Outcome::Undone, .. } => {}
            Event::OpEnds { node, .. } => {
                let said = ended(event, usize::MAX);
                let line = said.trim().trim_start_matches(&format!("{node}: ")).to_owned();
                self.step.tell(node, Told::Sentence(line));
            }

            Event::Notice { problem, .. } if self.once.is_new(problem) => self.step.note(problem),
            Event::Notice { .. } => {}
            Event::Problem { problem, .. } if !self.once.is_new(problem) => {}
            Event::StepEnds { .. } => self.step_ends(),
            // Behind the last step these are looks of a verification.
            Event::LookedFirst => {
                self.step.proofs = 0;
                self.show();
                self.say("verify: nothing to do\n");
            }
            other => self.whole(other),
        }
        let _ = self.to.flush();
    }
}
