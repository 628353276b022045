//! Carries out steps that are no part of the installation, such as a restart of the service (6.8),
//! and removes a service resource. The journal does not hear of the former: each is looked at
//! before and after. Which steps a command needs is left to its caller, the undo to `back`.

use std::collections::BTreeSet;

use super::carry_out::not_mounted;
use super::fleet::Task;
use super::forward::{Numbered, step_begins};
use super::{Engine, Event, Outage, Outcome, Stop, Summary};
use crate::host::Applied;
use crate::journal::{OpKey, RunCommand, UndoScope};
use crate::node::NodeName;
use crate::op::{Op, Reality, Run};
use crate::problem::{Problem, codes};
use crate::step::{Role, Step, StepKind, When};
use crate::text::counted;

impl Engine<'_> {
    /// Carries out steps that are no part of the installation and are not undone: what stands
    /// where for the moment (6.8). Whom they cut off is told first.
    ///
    /// The command's pid, output and status are on the node, so that the same call goes on after a
    /// lost line.
    ///
    /// # Errors
    /// Why it did not come to its end.
    pub fn serve(
        &mut self,
        command: RunCommand,
        steps: &[Step],
        outages: Vec<Outage>,
    ) -> Result<(), Stop> {
        let seen: Vec<Vec<Seen<'_>>> = steps.iter().map(|step| self.seen(step)).collect();
        let stands = seen.iter().all(|all| !all.is_empty() && all.iter().all(Seen::is_there));
        let summary = |(step, seen): (&Step, &Vec<Seen<'_>>)| {
            let all = Summary::of_step(step);
            let commands = if stands { all.commands } else { due(seen) };
            Summary { todo: !stands, commands, ..all }
        };
        let (leftovers, outages) = (Vec::new(), if stands { Vec::new() } else { outages });
        let steps_told = steps.iter().zip(&seen).map(summary).collect();
        self.sink.tell(&Event::Announced { command, steps: steps_told, leftovers, outages });
        if stands {
            // That it is there is not yet that it works.
            steps.iter().try_for_each(|step| self.need(step, When::After, None))?;
            return self.end(0, "nothing to do");
        }

        self.need_consent("do this?")?;

        self.lock(&[])?;
        let result = steps.iter().enumerate().try_for_each(|(at, step)| {
            self.sink.tell(&step_begins(Numbered {
                number: at + 1,
                of: steps.len(),
                step,
                again: false,
            }));
            // What has ended well is not done again on another member: a restart would stop the
            // service twice.
            let mut ended = BTreeSet::new();
            loop {
                match self.serve_one(step, &mut ended) {
                    Err(Stop::Unreachable(lost)) if self.goes_on_without(step, &lost)? => {}
                    other => return other,
                }
            }
        });
        let result = result.map_err(|stop| self.having_seen(stop));
        self.unlock();
        result?;

        let summary = if self.changed == 0 {
            "nothing to do".into()
        } else {
            format!("{} carried out", counted(self.changed, "operation"))
        };
        self.end(self.changed, &summary)
    }

    /// The operations of a step with what the nodes show of them; what cannot be asked is open.
    fn seen<'s>(&self, step: &'s Step) -> Vec<Seen<'s>> {
        let nodes = self.places_now(step).unwrap_or_default();
        let tasks = nodes.iter().flat_map(|node| Task::all(step, node));
        tasks.map(|task| Seen { reality: self.reality(&task.id, &task.op).ok(), task }).collect()
    }

    fn serve_one(&mut self, step: &Step, ended: &mut BTreeSet<u32>) -> Result<(), Stop> {
        let nodes = self.places_now(step)?;
        if nodes.is_empty() {
            let problem =
                Problem::new(codes::HOST_MISSING, "no node of the instance can be reached");
            return Err(Stop::Unreachable(match step.expected_host() {
                Some(first) => problem.on(first.as_str()),
                None => problem,
            }));
        }

        self.need(step, When::Before, None)?;
        for one in nodes.iter().flat_map(|node| Task::all(step, node)) {
            if ended.contains(&one.id.number) {
                continue;
            }
            if (self.interrupted)() {
                return Err(Stop::Interrupted);
            }
            self.serve_task(&one)?;
            ended.insert(one.id.number);
        }

        self.need(step, When::After, None)?;
        self.sink.tell(&Event::StepEnds { id: step.id.to_string() });
        Ok(())
    }

    fn serve_task(&mut self, one: &Task<'_>) -> Result<(), Stop> {
        let Task { step, id, op, .. } = one;
        let told = |outcome| Event::OpEnds {
            step: step.id.to_string(),
            node: id.node.clone(),
            number: id.number,
            outcome,
            detail: None,
            proof: None,
        };

        self.settle(crate::journal::State::Intent, id, op)?;
        match self.reality(id, op)? {
            Reality::Absent => {}
            Reality::Present => {
                self.sink.tell(&told(Outcome::Already));
                return Ok(());
            }
            Reality::Differs { found } => {
                let tail = format!(
                    "{found}: scstat -g shows how the group stands, and /var/adm/messages of its \
                     nodes says why"
                );
                return Err(self.failure(step, &id.node, op, None, tail));
            }
        }

        self.sink.tell(&Event::OpBegins {
            attended: false,
            step: step.id.to_string(),
            node: id.node.clone(),
            number: id.number,
            commands: op.commands(),
            diff: None,
        });

        let (status, why) = match self.effect(one)? {
            Applied::Done | Applied::Already => {
                self.changed += 1;
                self.sink.tell(&told(Outcome::Done));
                return Ok(());
            }
            Applied::Differs { found } => (None, found),
            Applied::Withheld { unmounted } => (None, not_mounted(&unmounted)),
            Applied::Failed { status, tail } => (status, tail),
        };
        Err(self.failure(step, &id.node, op, status, why))
    }

    /// Removes the service resource of an instance, as far as the journal says it is ours;
    /// whether it knew of it.
    ///
    /// # Errors
    /// As [`Engine::undo`].
    pub fn remove_service(&mut self, instance: &str) -> Result<bool, Stop> {
        let several = self.guide.steps.iter().any(|s| s.id.instance.is_some());
        let about = |key: &OpKey| {
            let step = self.guide.step(&key.step);
            // Without "complete" the next installation proves the service again.
            let named = step.is_some_and(|s| {
                s.role == Role::Completes
                    || matches!(s.id.kind, StepKind::ServiceResource | StepKind::ServiceEnable)
            });
            named && (!several || step.is_some_and(|s| s.id.instance.as_deref() == Some(instance)))
        };
        let keys: Vec<OpKey> = self.to_undo().into_iter().filter(about).collect();
        let made = |key: &OpKey| {
            let step = self.guide.step(&key.step);
            step.is_some_and(|s| s.id.kind == StepKind::ServiceResource)
        };
        if !keys.iter().any(made) {
            return Ok(false);
        }
        let mut steps: Vec<String> = keys.iter().map(|key| key.step.clone()).collect();
        steps.dedup();
        self.undo_these(RunCommand::ServiceRemove, &keys, UndoScope::Steps { steps })?;
        Ok(true)
    }
}

/// An operation before anybody agrees to it.
struct Seen<'s> {
    task: Task<'s>,
    /// None: not to be asked.
    reality: Option<Reality>,
}

impl Seen<'_> {
    fn is_there(&self) -> bool {
        self.reality == Some(Reality::Present)
    }
}

/// The commands that are going to be sent, as the nodes stand: what is there is not done again,
/// unless an operation before it brings about the state in which it runs.
fn due(seen: &[Seen<'_>]) -> Vec<(NodeName, String)> {
    let is_due = |at: usize, one: &Seen<'_>| {
        let Op::Run(Run { absent_when, .. }) = &one.task.op else { return true };
        let undoes = |other: &Seen<'_>| {
            let op = &other.task.op;
            matches!(op, Op::Run(Run { done_when, .. }) if done_when == absent_when)
        };
        !one.is_there() || seen[..at].iter().any(undoes)
    };

    let due = seen.iter().enumerate().filter(|(at, one)| is_due(*at, one));
    due.flat_map(|(_, Seen { task, .. })| {
        let commands = task.op.commands().into_iter();
        commands.map(|command| (task.id.node.clone(), command))
    })
    .collect()
}
