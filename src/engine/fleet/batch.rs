use std::collections::BTreeMap;
use std::time::Instant;

use super::lookahead::{Next, first_of};
use super::task::Named;
use crate::engine::confirm::difference;
use crate::engine::engine::stopped;
use crate::engine::{Decision, Engine, Event, Stop, decide_for};
use crate::host::{Answers, Applied, Due, Host, HostError, NodeName, Question};
use crate::op::{Op, Reality};
use crate::problem::{Problem, codes};
use crate::step::{Hosts, Scope, Step, Views};

/// What is true of an operation, and what it would change in a file.
type Seen = (Reality, Option<String>);

/// What became of a node's operations, and what it has answered behind them at this moment.
type Told = (Vec<Result<Applied, Stop>>, Instant, Answers);

impl Engine<'_> {
    /// The operations of a step in the order of doing. What is in one row is done at the same time: the first operation of each node, then the
    /// second; what needs somebody at the terminal, or the cluster's attention, is alone in its row.
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

    /// Does rows in their order. Consecutive ones that a node can do by itself and that can be taken back go to it in one request.
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
    /// Every intent is durable before the first effect, and every result is noted, whatever became of the others.
    pub(in crate::engine) fn run_some(
        &mut self,
        rows: &[Vec<Named<'_>>],
        next: Next<'_>,
    ) -> Result<usize, Stop> {
        if (self.interrupted)() {
            return Err(Stop::Interrupted);
        }
        let looked_at = first_of(rows);
        for one in looked_at.iter().flatten() {
            self.settle(self.journal.history().state(&one.key), &one.id, &one.op)?;
        }
        let seen = self.realities(looked_at)?;
        // What is odd may be so only because an earlier operation has not been done yet: it is looked at again then.
        let plain = looked_at.iter().zip(&seen).take_while(|(row, seen)| {
            let is_plain =
                |d: Decision| matches!(d, Decision::Do | Decision::Skip | Decision::MarkDone);
            row.iter().zip(*seen).all(|(one, (reality, _))| is_plain(self.decision(one, reality)))
        });
        let plain = plain.count();
        let taken = plain.max(1);
        let (mut due, mut diffs, mut absent): (Vec<&Named<'_>>, Vec<_>, Vec<_>) =
            (Vec::new(), Vec::new(), Vec::new());
        for (one, (reality, diff)) in rows[..taken].iter().flatten().zip(seen.into_iter().flatten())
        {
            // Nothing comes between: nobody is asked, nothing is taken back, and no operation before it changes its node. What cannot be taken back is
            // looked at on the node all the same.
            let is_absent = reality == Reality::Absent && one.op.is_reversible();
            let undisturbed = plain > 0
                && !due
                    .iter()
                    .any(|before| before.id.node == one.id.node && self.changes(&before.op));
            if self.is_due(one, reality)? {
                absent.push(is_absent && undisturbed);
                due.push(one);
                diffs.push(diff);
            }
        }
        if due.is_empty() {
            // Nothing is changed, so what is known stays known.
            return Ok(taken);
        }
        // What an earlier run began may have left something on its node that only its undo, or its next attempt, takes away.
        let new: Vec<bool> =
            due.iter().map(|one| !self.journal.history().is_open(&one.key)).collect();
        self.begin_ops(&due, diffs)?;
        let mut results = match due.as_slice() {
            [one] if matches!(one.op, Op::Operator { .. }) => vec![vec![self.effect(one)]],
            _ => self.effects(&due, &absent, self.foreseen(&due, &rows[taken..], next)),
        };
        results.iter_mut().for_each(|of_node| of_node.reverse());
        let mut nodes: Vec<&NodeName> = Vec::new();
        for one in &due {
            if !nodes.contains(&&one.id.node) {
                nodes.push(&one.id.node);
            }
        }
        let (mut records, mut ends, mut unknown) = (Vec::new(), Vec::new(), Vec::new());
        for (one, new) in due.iter().zip(new) {
            let at = nodes.iter().position(|n| **n == one.id.node).unwrap_or_default();
            match results.get_mut(at).and_then(Vec::pop) {
                Some(Ok(applied)) => {
                    let (record, end) = self.ending(one, new, applied);
                    records.push(record);
                    ends.push(end);
                }
                Some(Err(stop)) => {
                    unknown.push(&one.id.node);
                    ends.push(Err(stop));
                }
                // Behind a lost line nobody knows how far the node came; behind a failure nothing was begun.
                None if unknown.contains(&&one.id.node) => {}
                None if new => records.push(self.withdrawn(one)),
                None => {}
            }
        }
        let noted = self.journal.append_all(records);
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
        // What went wrong on a node is said also when the journal cannot hear of it.
        let mut failures = noted.err().map(Stop::from).into_iter().chain(failures);
        let Some(first) = failures.next() else { return Ok(taken) };
        // A run ends for one reason; the others are said as well.
        for other in failures {
            let (step, problem) = match other {
                Stop::Failed(failure) => {
                    let what = format!("it failed here too: {}", failure.tail);
                    (failure.step, Problem::new(codes::STEP_FAILED, what).on(failure.node.as_str()))
                }
                Stop::Unreachable(problem) => (due[0].step.id.to_string(), problem),
                Stop::LeftRunning { node, seconds, step, .. } => (
                    step,
                    Problem::new(
                        codes::STEP_LEFT_RUNNING,
                        format!("still running after {seconds} s"),
                    )
                    .on(node),
                ),
                stop => return Err(stop),
            };
            self.tell(Event::Notice { step, problem });
        }
        Err(first)
    }

    /// Whether it changes anything but calha's own record.
    fn changes(&self, op: &Op) -> bool {
        !matches!(op, Op::Run { touches, .. } if touches.iter().all(|path| *path == self.guide.record))
    }

    fn decision(&self, one: &Named<'_>, reality: &Reality) -> Decision {
        decide_for(one.step.lifespan, &one.op, self.journal.history().state(&one.key), reality)
    }

    /// What is true of each operation now, and what it would change in a file, in as few round trips as their checks allow.
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
