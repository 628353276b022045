use super::engine::stopped;
use super::propose::difference;
use super::rounds::in_rounds;
use super::{Engine, Event, Stop};
use crate::host::{Applied, Host, NodeName};
use crate::journal::OpKey;
use crate::op::{Op, OpId, Reality};
use crate::problem::Problem;
use crate::step::{Hosts, Scope, Step};

/// An operation with its names.
type Named = (OpKey, OpId, Op);

impl Engine<'_> {
    /// The operations of a step in the order of doing. What is in one row is done at the same time: the first operation of each node, then the
    /// second; what needs somebody at the terminal, or the cluster's attention, is alone in its row.
    pub(super) fn rows(step: &Step, nodes: &[NodeName]) -> Vec<Vec<Named>> {
        let each: Vec<Vec<Named>> = nodes.iter().map(|node| Self::ops(step, node)).collect();
        let together = matches!(step.scope, Scope::EachNode(_)) && !each.iter().flatten().any(|(_, _, op)| op.is_attended());
        if !together {
            return each.into_iter().flatten().map(|one| vec![one]).collect();
        }
        let mut each: Vec<_> = each.into_iter().map(Vec::into_iter).collect();
        let mut rows = Vec::new();
        loop {
            let row: Vec<Named> = each.iter_mut().filter_map(Iterator::next).collect();
            if row.is_empty() {
                return rows;
            }
            rows.push(row);
        }
    }

    /// Does what is to be done of a row: every intent is durable before the first effect, and every result is noted, whatever became of the others.
    pub(super) fn run_row(&mut self, step: &Step, row: &[Named]) -> Result<(), Stop> {
        if (self.interrupted)() {
            return Err(Stop::Interrupted);
        }
        for (key, id, op) in row {
            self.settle(self.journal.history().state(key), id, op)?;
        }
        let realities = self.realities(row)?;
        let (mut due, mut diffs) = (Vec::new(), Vec::new());
        for ((key, id, op), reality) in row.iter().zip(realities) {
            let (reality, diff) = reality;
            if self.is_due(step, key, id, op, reality)? {
                due.push((key, id, op));
                diffs.push(diff);
            }
        }
        for ((key, id, op), diff) in due.iter().zip(diffs) {
            self.begin_op(step, key, id, op, diff)?;
        }
        let results = match due.as_slice() {
            [(_, id, op)] => vec![self.effect(step, id, op)],
            _ => self.effects(step, &due),
        };
        let mut failures = Vec::new();
        for ((key, id, op), result) in due.iter().zip(results) {
            if let Err(stop) = result.and_then(|applied| self.end_op(step, key, id, op, applied)) {
                failures.push(stop);
            }
        }
        let mut failures = failures.into_iter();
        let Some(first) = failures.next() else { return Ok(()) };
        // A run ends for one reason; the others are said as well.
        for other in failures {
            let problem = match other {
                Stop::Failed(failure) => {
                    Problem::new("step.failed", format!("it failed here too: {}", failure.tail)).on(failure.node.as_str())
                }
                Stop::Unreachable(problem) => problem,
                Stop::LeftRunning { node, seconds, .. } => {
                    Problem::new("step.left-running", format!("still running after {seconds} s")).on(node)
                }
                stop => return Err(stop),
            };
            self.sink.tell(&Event::Notice { step: step.id.clone(), problem });
        }
        Err(first)
    }

    /// What is true of each operation now, and what it would change in a file, in as few round trips as their checks allow.
    fn realities(&self, row: &[Named]) -> Result<Vec<(Reality, Option<String>)>, Stop> {
        let mut only: Hosts<'_> = Hosts::new();
        for (_, id, _) in row {
            only.insert(id.node.clone(), self.host(&id.node)?);
        }
        in_rounds(&only, |hosts| {
            let one = |(_, id, op): &Named| {
                let host = Self::host_of(hosts, &id.node)?;
                let reality = op.reality(host).map_err(|e| stopped(&id.step, &id.node, e))?;
                let diff = difference(host, op, &reality);
                Ok((reality, diff))
            };
            row.iter().map(one).collect()
        })?
    }

    /// The effects on several nodes. In memory one after the other, so that a run there is the same each time.
    fn effects(&self, step: &Step, due: &[(&OpKey, &OpId, &Op)]) -> Vec<Result<Applied, Stop>> {
        let hosts: Vec<Result<&dyn Host, Stop>> = due.iter().map(|(_, id, _)| self.host(&id.node)).collect();
        let one =
            |host: Result<&dyn Host, Stop>, id: &OpId, op: &Op| host?.apply(id, op).map_err(|e| stopped(&step.id, &id.node, e));
        if !hosts.iter().flatten().all(|h| h.takes_many()) {
            return hosts.into_iter().zip(due).map(|(host, (_, id, op))| one(host, id, op)).collect();
        }
        std::thread::scope(|scope| {
            let one = &one;
            let threads: Vec<_> =
                hosts.into_iter().zip(due).map(|(host, (_, id, op))| (*id, scope.spawn(move || one(host, id, op)))).collect();
            let died = |id: &OpId| Err(Stop::Unreachable(Problem::new("host.lost", "its thread ended").on(id.node.as_str())));
            threads.into_iter().map(|(id, thread)| thread.join().unwrap_or_else(|_| died(id))).collect()
        })
    }
}
