//! Operations of steps on their nodes: look, decide, intend, send, record, tell. Every intent is
//! durable before the first effect, and every result is noted, whatever became of the others. Which
//! operations go out together, `fleet` says.

use crate::engine::fleet::{Ahead, End, Fate, Sending, Task, go_together, host_of};
use crate::engine::sight::Sight;
use crate::engine::{Decision, Engine, Event, Stop, decide_for, stopped};
use crate::host::Due;
use crate::journal::{JournalError, Record};
use crate::op::{Op, Reality, Run, Touches};
use crate::problem::{Problem, codes};
use crate::step::Step;

/// Operations of which each row is done at the same time.
type Rows<'r, 's> = &'r [Vec<Task<'s>>];

/// An operation that is to be done, and what was decided with.
struct Chosen<'r, 's> {
    task: &'r Task<'s>,
    /// What it changes in a file.
    diff: Option<String>,
    /// What it makes where somebody else has made a part of it: only that is undone.
    rest: Option<Op>,
    /// It was seen just now that it is not done, and nothing comes between.
    is_absent: bool,
    /// No earlier run had begun it.
    is_new: bool,
}

/// What the journal hears of operations, and what is told of each or ends the run.
#[derive(Default)]
struct Results {
    records: Vec<Record>,
    ends: Vec<Result<Event, Stop>>,
}

impl Engine<'_> {
    /// Does rows in their order; `step` looks at its own work behind them, if it is given.
    pub(super) fn run_rows(
        &mut self,
        mut rows: Rows<'_, '_>,
        step: Option<&Step>,
    ) -> Result<(), Stop> {
        while !rows.is_empty() {
            let done = self.run_some(rows, step)?;
            rows = &rows[done..];
        }
        Ok(())
    }

    /// Does the first row, and those after it that may go along with it; how many these were.
    pub(super) fn run_some(
        &mut self,
        rows: Rows<'_, '_>,
        step: Option<&Step>,
    ) -> Result<usize, Stop> {
        if (self.interrupted)() {
            return Err(Stop::Interrupted);
        }

        let seen = self.look_at_rows(go_together(rows))?;
        let plain = self.plain(rows, &seen);
        let (now, later) = rows.split_at(plain.max(1));

        let due = self.decide_on(now, seen, plain > 0)?;
        if due.is_empty() {
            return Ok(now.len());
        }

        self.intend_all(&due)?;
        let fates = self.send(&due, later, step)?;
        let results = self.results_of(&due, fates);
        let noted = self.journal.append_all(results.records);
        self.tell_ends(&due, noted, results.ends).map(|()| now.len())
    }

    /// What is true of the operations of these rows. What an earlier run left at work has ended.
    fn look_at_rows(&self, rows: Rows<'_, '_>) -> Result<Vec<Vec<Sight>>, Stop> {
        for one in rows.iter().flatten() {
            self.settle(self.journal.history().state(&one.key), &one.id, &one.op)?;
            self.fleet.reach(&one.id.node)?;
        }

        self.fleet.look(|hosts| {
            let look = |one: &Task<'_>| {
                let host = host_of(hosts, &one.id.node)?;
                Sight::of(host, &one.op).map_err(|e| stopped(&one.id.step, &one.id.node, e))
            };
            rows.iter().map(|row| row.iter().map(look).collect()).collect()
        })?
    }

    /// How many rows need nobody's decision. What is odd may be so only because an earlier
    /// operation has not been done yet: it is looked at again then.
    fn plain(&self, rows: Rows<'_, '_>, seen: &[Vec<Sight>]) -> usize {
        let is_plain = |one: &Task<'_>, seen: &Sight| {
            let state = self.journal.history().state(&one.key);
            matches!(
                decide_for(one.step.lifespan, &one.op, state, &seen.reality),
                Decision::Do | Decision::Skip | Decision::MarkDone
            )
        };
        let plain = rows
            .iter()
            .zip(seen)
            .take_while(|(row, seen)| row.iter().zip(*seen).all(|(one, seen)| is_plain(one, seen)));
        plain.count()
    }

    /// Which operations are to be done; everything but doing them is done here.
    fn decide_on<'r, 's>(
        &mut self,
        rows: Rows<'r, 's>,
        seen: Vec<Vec<Sight>>,
        is_plain: bool,
    ) -> Result<Vec<Chosen<'r, 's>>, Stop> {
        let mut due: Vec<Chosen<'r, 's>> = Vec::new();

        for (one, sight) in rows.iter().flatten().zip(seen.into_iter().flatten()) {
            let Sight { reality, diff, rest } = sight;
            // Nothing comes between: nobody is asked, nothing is undone, and no operation before it
            // changes its node. What cannot be undone is looked at on the node all the same.
            let is_disturbed = due
                .iter()
                .any(|before| before.task.id.node == one.id.node && self.changes(&before.task.op));
            let is_absent = reality == Reality::Absent && one.op.is_reversible();
            let is_absent = is_absent && is_plain && !is_disturbed;

            if self.is_due(one, reality)? {
                let is_new = !self.journal.history().is_open(&one.key);
                let rest = rest.filter(|_| is_new);
                due.push(Chosen { task: one, diff, rest, is_absent, is_new });
            }
        }
        Ok(due)
    }

    /// Whether it changes anything but calha's own record.
    fn changes(&self, op: &Op) -> bool {
        let own = Touches::Path(self.guide.record.clone());
        !matches!(op, Op::Run(Run { touches, .. }) if touches.iter().all(|t| *t == own))
    }

    /// Writes the intents, all durable when it returns.
    fn intend_all(&mut self, due: &[Chosen<'_, '_>]) -> Result<(), Stop> {
        for Chosen { task, .. } in due {
            self.invalidate(task.step)?;
        }
        let intents = due.iter().map(|one| {
            let Task { step, key, id, op } = one.task;
            self.intent(step, key, id, op, one.rest.as_ref().unwrap_or(op))
        });
        let intents = intents.collect();
        self.journal.append_all(intents)?;

        for Chosen { task: Task { step, id, op, .. }, diff, .. } in due {
            self.tell(Event::OpBegins {
                attended: op.is_attended(),
                step: step.id.to_string(),
                node: id.node.clone(),
                number: id.number,
                commands: op.commands(),
                diff: diff.clone(),
            });
        }
        Ok(())
    }

    /// The effects; what became of each operation.
    fn send(
        &mut self,
        due: &[Chosen<'_, '_>],
        rows: Rows<'_, '_>,
        step: Option<&Step>,
    ) -> Result<Vec<Fate>, Stop> {
        if let [Chosen { task, .. }] = due
            && matches!(task.op, Op::Operator { .. })
        {
            return Ok(vec![self.effect(task).map_or_else(Fate::Lost, Fate::Ended)]);
        }

        let tasks: Vec<&Task<'_>> = due.iter().map(|one| one.task).collect();
        let is_idle = |step: &Step| self.idle.contains(&step.id);
        let is_last = self.looks_back && self.coming.iter().copied().all(is_idle);
        let expected = if is_last { self.left() } else { Vec::new() };
        let end = End { expected: &expected, look: &|hosts| drop(self.survey_on(hosts)) };
        let ahead = Ahead {
            due: &tasks,
            rows,
            looks_of: step,
            steps: &self.coming,
            has_begun: &|step| self.has_begun(step),
            is_idle: &is_idle,
            end: is_last.then_some(end),
        };

        let sent =
            due.iter().map(|Chosen { task: Task { step, id, op, .. }, is_absent, .. }| Due {
                seen: *is_absent,
                ..Due::unseen(id, op).on_share(step.share())
            });
        Ok(self.fleet.send(Sending { due: sent.collect(), ahead }))
    }

    /// What the journal hears of each operation, and what is told of it or ends the run.
    fn results_of(&self, due: &[Chosen<'_, '_>], fates: Vec<Fate>) -> Results {
        let mut results = Results::default();
        for (Chosen { task, is_new, .. }, fate) in due.iter().zip(fates) {
            match fate {
                Fate::Ended(applied) => {
                    let (record, end) = self.ending(task, *is_new, applied);
                    results.records.push(record);
                    results.ends.push(end);
                }
                Fate::Lost(stop) => results.ends.push(Err(stop)),
                Fate::Unknown => {}
                // What an earlier run began may have left something on its node that only its undo,
                // or its next attempt, removes.
                Fate::NotBegun if *is_new => results.records.push(self.withdrawn(task)),
                Fate::NotBegun => {}
            }
        }
        results
    }

    /// Tells what ended well, and ends the run for the first thing that did not. What went wrong on
    /// a node is said also when the journal cannot hear of it.
    fn tell_ends(
        &mut self,
        due: &[Chosen<'_, '_>],
        noted: Result<(), JournalError>,
        ends: Vec<Result<Event, Stop>>,
    ) -> Result<(), Stop> {
        let mut failures = Vec::new();
        for end in ends {
            match end {
                Ok(event) if noted.is_ok() => {
                    self.changed += 1;
                    self.tell(event);
                }
                Ok(_) => {}
                Err(stop) => failures.push(stop),
            }
        }

        let mut failures = noted.err().map(Stop::from).into_iter().chain(failures);
        let Some(first) = failures.next() else { return Ok(()) };
        for other in failures {
            self.tell_besides(due, other)?;
        }
        Err(first)
    }

    /// A run ends for one reason; this one is said as well.
    fn tell_besides(&mut self, due: &[Chosen<'_, '_>], other: Stop) -> Result<(), Stop> {
        let (step, problem) = match other {
            Stop::Failed(failure) => {
                let what = format!("it failed here too: {}", failure.tail);
                (failure.step, Problem::new(codes::STEP_FAILED, what).on(failure.node.as_str()))
            }
            Stop::Unreachable(problem) => (due[0].task.step.id.to_string(), problem),
            Stop::LeftRunning { node, seconds, step, .. } => (
                step,
                Problem::new(codes::STEP_LEFT_RUNNING, format!("still running after {seconds} s"))
                    .on(node),
            ),
            stop => return Err(stop),
        };
        self.tell(Event::Notice { step, problem });
        Ok(())
    }
}
