//! The operations of steps on their nodes, as many at once as may go together: look, decide,
//! intend, send, record, tell. Every intent is durable before the first effect, and every result is
//! noted. What is to be done about an operation is left to `decide` and `carry_out`.

use std::collections::BTreeMap;
use std::time::Instant;

use super::lookahead::{Next, first_of};
use super::task::Named;
use crate::engine::confirm::difference;
use crate::engine::engine::stopped;
use crate::engine::{Decision, Engine, Event, Stop, decide_for};
use crate::host::{Answers, Applied, Due, Host};
use crate::journal::{JournalError, Record};
use crate::node::{HostError, NodeName, Question};
use crate::op::{Op, Reality, Run, Touches};
use crate::problem::{Problem, codes};
use crate::step::{Hosts, Scope, Step, Views};

/// What is true of an operation, and what it would change in a file.
type Seen = (Reality, Option<String>);

/// An operation that is to be done, and what was decided with.
struct Chosen<'r, 's> {
    task: &'r Named<'s>,
    /// What it changes in a file.
    diff: Option<String>,
    /// It was seen just now that it is not done, and nothing comes between.
    is_absent: bool,
    /// No earlier run had begun it.
    is_new: bool,
}

/// What became of a node's operations, and what it has answered behind them at this moment.
type Told = (Vec<Result<Applied, Stop>>, Instant, Answers);

impl Engine<'_> {
    /// The operations of a step in the order of doing. What is in one row is done at the same time:
    /// the first operation of each node, then the second; what needs somebody at the terminal, or
    /// the cluster's attention, is alone in its row.
    pub(in crate::engine) fn rows<'s>(step: &'s Step, nodes: &[NodeName]) -> Vec<Vec<Named<'s>>> {
        let each: Vec<Vec<Named<'s>>> = nodes.iter().map(|node| Named::all(step, node)).collect();
        let together = matches!(step.scope, Scope::EachNode(_))
            && !each.iter().flatten().any(|one| one.op.is_attended());
        if !together {
            return each.into_iter().flatten().map(|one| vec![one]).collect();
        }
        let mut each: Vec<_> = each.into_iter().map(Vec::into_iter).collect();
        let mut rows = Vec::new();
        loop {
            let row: Vec<Named<'s>> = each.iter_mut().filter_map(Iterator::next).collect();
            if row.is_empty() {
                return rows;
            }
            rows.push(row);
        }
    }

    /// Does rows in their order. Consecutive ones that a node can do by itself and that can be
    /// undone go to it in one request.
    pub(in crate::engine) fn run_rows(
        &mut self,
        mut rows: &[Vec<Named<'_>>],
        next: Next<'_>,
    ) -> Result<(), Stop> {
        while !rows.is_empty() {
            let done = self.run_some(rows, next)?;
            rows = &rows[done..];
        }
        Ok(())
    }

    /// Does the first row, and those after it that may go along with it; how many these were.
    ///
    /// Every intent is durable before the first effect, and every result is noted, whatever became
    /// of the others.
    pub(in crate::engine) fn run_some(
        &mut self,
        rows: &[Vec<Named<'_>>],
        next: Next<'_>,
    ) -> Result<usize, Stop> {
        if (self.interrupted)() {
            return Err(Stop::Interrupted);
        }

        let seen = self.look_at_rows(first_of(rows))?;
        let plain = self.plain(first_of(rows), &seen);
        let taken = plain.max(1);

        let due = self.decide_on(&rows[..taken], seen, plain > 0)?;
        if due.is_empty() {
            // Nothing is changed, so what is known stays known.
            return Ok(taken);
        }

        self.intend_all(&due)?;
        let results = self.send(&due, &rows[taken..], next);
        let (records, ends) = self.results_of(&due, results);
        let noted = self.journal.append_all(records);
        self.tell_ends(&due, noted, ends).map(|()| taken)
    }

    /// What is true of the operations of these rows. What an earlier run left at work has ended.
    fn look_at_rows(&self, rows: &[Vec<Named<'_>>]) -> Result<Vec<Vec<Seen>>, Stop> {
        for one in rows.iter().flatten() {
            self.settle(self.journal.history().state(&one.key), &one.id, &one.op)?;
        }
        self.realities(rows)
    }

    /// How many rows need nobody's decision. What is odd may be so only because an earlier
    /// operation has not been done yet: it is looked at again then.
    fn plain(&self, rows: &[Vec<Named<'_>>], seen: &[Vec<Seen>]) -> usize {
        let is_plain = |one: &Named<'_>, reality: &Reality| {
            matches!(
                self.decision(one, reality),
                Decision::Do | Decision::Skip | Decision::MarkDone
            )
        };
        let plain = rows.iter().zip(seen).take_while(|(row, seen)| {
            row.iter().zip(*seen).all(|(one, (reality, _))| is_plain(one, reality))
        });
        plain.count()
    }

    /// Which operations are to be done; everything but doing them is done here.
    fn decide_on<'r, 's>(
        &mut self,
        rows: &'r [Vec<Named<'s>>],
        seen: Vec<Vec<Seen>>,
        is_plain: bool,
    ) -> Result<Vec<Chosen<'r, 's>>, Stop> {
        let mut due: Vec<Chosen<'r, 's>> = Vec::new();

        for (one, (reality, diff)) in rows.iter().flatten().zip(seen.into_iter().flatten()) {
            // Nothing comes between: nobody is asked, nothing is undone, and no operation before it
            // changes its node. What cannot be undone is looked at on the node all the same.
            let is_disturbed = due
                .iter()
                .any(|before| before.task.id.node == one.id.node && self.changes(&before.task.op));
            let is_absent = reality == Reality::Absent && one.op.is_reversible();
            let is_absent = is_absent && is_plain && !is_disturbed;

            if self.is_due(one, reality)? {
                let is_new = !self.journal.history().is_open(&one.key);
                due.push(Chosen { task: one, diff, is_absent, is_new });
            }
        }
        Ok(due)
    }

    /// Writes the intents, all durable when it returns.
    fn intend_all(&mut self, due: &[Chosen<'_, '_>]) -> Result<(), Stop> {
        let tasks: Vec<&Named<'_>> = due.iter().map(|one| one.task).collect();
        self.begin_ops(&tasks, due.iter().map(|one| one.diff.clone()).collect())
    }

    /// The effects: for each node, in the order in which the nodes first occur, what became of its
    /// operations.
    fn send(
        &mut self,
        due: &[Chosen<'_, '_>],
        behind: &[Vec<Named<'_>>],
        next: Next<'_>,
    ) -> Vec<Vec<Result<Applied, Stop>>> {
        let tasks: Vec<&Named<'_>> = due.iter().map(|one| one.task).collect();
        let absent: Vec<bool> = due.iter().map(|one| one.is_absent).collect();

        match tasks.as_slice() {
            [one] if matches!(one.op, Op::Operator { .. }) => vec![vec![self.effect(one)]],
            _ => self.effects(&tasks, &absent, self.foreseen(&tasks, behind, next)),
        }
    }

    /// What the journal hears of each operation, and what is told of it or ends the run.
    fn results_of(
        &self,
        due: &[Chosen<'_, '_>],
        mut results: Vec<Vec<Result<Applied, Stop>>>,
    ) -> (Vec<Record>, Vec<Result<Event, Stop>>) {
        results.iter_mut().for_each(|of_node| of_node.reverse());
        let mut nodes: Vec<&NodeName> = Vec::new();
        for one in due {
            if !nodes.contains(&&one.task.id.node) {
                nodes.push(&one.task.id.node);
            }
        }

        let (mut records, mut ends, mut unknown) = (Vec::new(), Vec::new(), Vec::new());
        for Chosen { task, is_new, .. } in due {
            let at = nodes.iter().position(|n| **n == task.id.node).unwrap_or_default();
            match results.get_mut(at).and_then(Vec::pop) {
                Some(Ok(applied)) => {
                    let (record, end) = self.ending(task, *is_new, applied);
                    records.push(record);
                    ends.push(end);
                }
                Some(Err(stop)) => {
                    unknown.push(&task.id.node);
                    ends.push(Err(stop));
                }
                // Behind a lost line nobody knows how far the node came; behind a failure nothing
                // was begun.
                None if unknown.contains(&&task.id.node) => {}
                // What an earlier run began may have left something on its node that only its undo,
                // or its next attempt, takes away.
                None if *is_new => records.push(self.withdrawn(task)),
                None => {}
            }
        }
        (records, ends)
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

    /// Whether it changes anything but calha's own record.
    fn changes(&self, op: &Op) -> bool {
        !matches!(
            op,
            Op::Run(Run { touches, .. }) if touches.iter().all(|t| *t == Touches::Path(self.guide.record.clone()))
        )
    }

    fn decision(&self, one: &Named<'_>, reality: &Reality) -> Decision {
        decide_for(one.step.lifespan, &one.op, self.journal.history().state(&one.key), reality)
    }

    /// What is true of each operation now, and what it would change in a file, in as few round
    /// trips as their checks allow.
    fn realities(&self, rows: &[Vec<Named<'_>>]) -> Result<Vec<Vec<Seen>>, Stop> {
        let mut only: Hosts<'_> = Hosts::new();
        for one in rows.iter().flatten() {
            only.insert(one.id.node.clone(), self.host(&one.id.node)?);
        }
        self.known.in_rounds(&only, |hosts| Self::seen(hosts, rows))?
    }

    /// The same, on hosts that may only collect what they are asked.
    pub(in crate::engine) fn seen(
        hosts: &Views<'_>,
        rows: &[Vec<Named<'_>>],
    ) -> Result<Vec<Vec<Seen>>, Stop> {
        let look = |one: &Named<'_>| {
            let host = Self::host_of(hosts, &one.id.node)?;
            let reality =
                Self::told(host, &one.op).map_err(|e| stopped(&one.id.step, &one.id.node, e))?;
            let diff = difference(host, &one.op, &reality);
            Ok((reality, diff))
        };
        rows.iter().map(|row| row.iter().map(look).collect()).collect()
    }

    /// The effects, for each node in the order in which the nodes first occur. In memory one node
    /// after the other, so that a run there is the same each time.
    ///
    /// `foreseen` is asked behind them, so that what comes next need not wait for its answers.
    fn effects(
        &self,
        due: &[&Named<'_>],
        absent: &[bool],
        foreseen: BTreeMap<NodeName, Vec<Question>>,
    ) -> Vec<Vec<Result<Applied, Stop>>> {
        self.known.forget();

        let mut each: Vec<(&NodeName, Vec<Due>)> = Vec::new();
        for (one, seen) in due.iter().zip(absent) {
            let named =
                Due { seen: *seen, ..Due::unseen(&one.id, &one.op).on_share(one.step.share()) };
            match each.iter_mut().find(|(node, _)| **node == one.id.node) {
                Some((_, ops)) => ops.push(named),
                None => each.push((&one.id.node, vec![named])),
            }
        }

        let stop = |ops: &[Due], at: usize, e: HostError| {
            let id = &ops[at.min(ops.len() - 1)].id;
            stopped(&id.step, &id.node, e)
        };
        let all = |host: Result<&dyn Host, Stop>, ops: &[Due]| match host {
            Ok(host) => {
                let questions = foreseen.get(host.name()).map_or(&[][..], Vec::as_slice);
                let (outcomes, answers) = host.apply_all_then_ask(ops, questions);
                // Another node may take much longer, and the answers are as old as they are.
                let said = Instant::now();
                let outcomes = outcomes
                    .into_iter()
                    .enumerate()
                    .map(|(at, outcome)| outcome.map_err(|e| stop(ops, at, e)));
                (outcomes.collect(), said, questions.iter().cloned().zip(answers).collect())
            }
            Err(none) => (vec![Err(none)], Instant::now(), Answers::new()),
        };

        let hosts: Vec<Result<&dyn Host, Stop>> =
            each.iter().map(|(node, _)| self.host(node)).collect();
        let meanwhile = self.meanwhile(due, &foreseen);
        let in_order = !hosts.iter().flatten().any(|host| host.is_far());
        let all: Vec<Told> = if in_order || (each.len() == 1 && meanwhile.is_empty()) {
            // Nobody else is waited for.
            hosts.into_iter().zip(&each).map(|(host, (_, ops))| all(host, ops)).collect()
        } else {
            std::thread::scope(|scope| {
                let all = &all;
                let asked: Vec<_> = meanwhile
                    .into_iter()
                    .map(|(host, questions)| {
                        (
                            host.name(),
                            scope.spawn(move || {
                                (host.ask_soon(&questions), Instant::now(), questions)
                            }),
                        )
                    })
                    .collect();
                let threads: Vec<_> = hosts
                    .into_iter()
                    .zip(&each)
                    .map(|(host, (node, ops))| (*node, scope.spawn(move || all(host, ops))))
                    .collect();
                let died = |node: &NodeName| {
                    let lost = Problem::new(codes::HOST_LOST, "its thread ended").on(node.as_str());
                    (vec![Err(Stop::Unreachable(lost))], Instant::now(), Answers::new())
                };
                let told = threads
                    .into_iter()
                    .map(|(node, thread)| thread.join().unwrap_or_else(|_| died(node)))
                    .collect();
                for (node, thread) in asked {
                    // Who does not answer is asked again when it matters.
                    if let Ok((Ok(answers), said, questions)) = thread.join() {
                        self.known.learn(node, said, questions.into_iter().zip(answers).collect());
                    }
                }
                told
            })
        };

        let told = all.into_iter().zip(&each).map(|((outcomes, said, answers), (node, _))| {
            self.known.learn(node, said, answers);
            outcomes
        });
        told.collect()
    }
}
