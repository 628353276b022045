//! The plan as programs read it: the guide's operations, each with what the dry run knows of it.
//! The dry host predicts what earlier operations will have done, so a later one is judged by that,
//! not by what stands now. Nothing is changed; a lost connection is an error, a missing one is not.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::switching::{Switching, Turn};
use super::{PlanOp, PlanStep, Status};
use crate::cluster::commands::{is_switch, subject};
use crate::engine::{Event, Outage};
use crate::guide::Guide;
use crate::host::Overlay;
use crate::node::{HostError, Inspect, NodeName, NodePath};
use crate::op::{Op, OpId, Reality, Run, Touches};
use crate::problem::Problem;
use crate::step::{Lifespan, LookContext, Scope, Seen, Step, Views, When};

/// Everything an installation will do, in order. A stable format for programs: fields are added,
/// never changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Version of this format: 1.
    pub version: u32,
    pub cluster: String,
    pub profile: String,
    /// Digest of the effective settings.
    pub settings: String,
    pub steps: Vec<PlanStep>,
    /// The step from which users of the calendar notice something.
    pub noticed_from: String,
    /// Running services that it cuts off, when and for how long.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outages: Vec<Outage>,
    /// What the nodes must be able to carry.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// What is in the way of the whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
    /// Whether an installation would find nothing to do. Positions that were taken up once are
    /// left alone then, whatever the steps above say.
    #[serde(default)]
    pub idle: bool,
}

impl Plan {
    /// The plan for a guide as its hosts stand now; a host without connection is planned without
    /// looking.
    ///
    /// # Errors
    /// A connection that was lost.
    pub fn of(guide: &Guide, hosts: &Views<'_>) -> Result<Self, HostError> {
        Self::of_left(guide, hosts, &[])
    }

    /// The same where it is known what an installation would tell before its first change. What
    /// was done once, as the journal says, may not be seen where the group stands now, and is left
    /// alone all the same.
    ///
    /// # Errors
    /// As [`Plan::of`].
    pub fn of_left(guide: &Guide, hosts: &Views<'_>, told: &[Event]) -> Result<Self, HostError> {
        let idle = idle(told);
        let overlays: BTreeMap<NodeName, Overlay<'_>> = guide
            .hosts
            .iter()
            .map(|name| {
                let overlay = Overlay::new(name.clone(), hosts.get(name).copied());
                (name.clone(), overlay.sharing(mounted_now(guide, hosts)))
            })
            .collect();

        let (mut steps, mut switching) = (Vec::new(), Switching::default());
        for (at, step) in guide.steps.iter().enumerate() {
            let mut ops = Vec::new();
            let mut seen = Seen::default();
            for node in step.nodes() {
                seen.and(documents(step, &node, &overlays)?);
                for (id, op) in step.named_ops(&node) {
                    let host = hosts.get(&node).copied();
                    let (is_idle, before) = (idle.contains(step.id.as_str()), &mut switching);
                    ops.push(planned(&overlays, host, before, (step, is_idle), &id, &op)?);
                }
            }
            steps.push(of_step(at + 1, step, ops, seen));
        }

        Ok(Self {
            version: 1,
            cluster: guide.cluster.clone(),
            profile: guide.profile.clone(),
            settings: guide.digest.clone(),
            steps,
            noticed_from: guide.noticed_from.clone(),
            outages: Vec::new(),
            notes: guide.notes.clone(),
            problems: Vec::new(),
            idle: false,
        })
    }

    /// Takes in what an installation would tell before its first change.
    pub fn foreseen(&mut self, told: &[Event]) {
        for event in told {
            match event {
                Event::Problem { step, problem } => match self.step(step) {
                    Some(step) => take_in(&mut step.problems, problem),
                    None => take_in(&mut self.problems, problem),
                },
                Event::Notice { step, problem } => {
                    if let Some(step) = self.step(step) {
                        take_in(&mut step.notices, problem);
                    }
                }
                Event::Question { question, accepted: false, .. } => {
                    let step = question.step.as_deref().and_then(|step| self.step(step));
                    step.into_iter().for_each(|s| s.questions.push(question.clone()));
                }
                Event::Announced { outages, .. } => self.outages.clone_from(outages),
                // Foreseeing comes to an end of its own only where nothing is to do.
                Event::Ended { .. } => self.idle = true,
                _ => {}
            }
        }
    }

    /// Whether an installation would change something, ask or stop.
    pub fn changes_anything(&self) -> bool {
        !self.problems.is_empty() || self.steps.iter().any(|step| self.is_news(step))
    }

    /// Whether something would change, be asked or stop in this step.
    pub(super) fn is_news(&self, step: &PlanStep) -> bool {
        (!self.idle && step.is_todo()) || !step.problems.is_empty() || !step.questions.is_empty()
    }

    fn step(&mut self, id: &str) -> Option<&mut PlanStep> {
        self.steps.iter_mut().find(|step| step.id == id)
    }
}

/// The shared file systems that are mounted on a node now, each with that node.
fn mounted_now<'h>(guide: &Guide, hosts: &Views<'h>) -> Vec<(NodePath, &'h dyn Inspect)> {
    let mounts: BTreeSet<NodePath> = guide.steps.iter().flat_map(Step::share).collect();
    let holder = |mount: NodePath| {
        let mut all = hosts.values().copied();
        let host = all.find(|host| host.mounted(&mount).unwrap_or(false))?;
        Some((mount, host))
    };
    mounts.into_iter().filter_map(holder).collect()
}

/// The steps that an installation leaves alone, where it has told what it does.
fn idle(told: &[Event]) -> BTreeSet<&str> {
    let steps = told.iter().filter_map(|event| match event {
        Event::Announced { steps, .. } => Some(steps),
        _ => None,
    });
    steps.flatten().filter(|step| !step.todo).map(|step| step.id.as_str()).collect()
}

/// The dry run may have seen the same in a file; the installation knows the way out of it better.
fn take_in(known: &mut Vec<Problem>, problem: &Problem) {
    let about = |p: &Problem| (p.code.clone(), p.place.clone(), p.node.clone(), p.what.clone());
    match known.iter_mut().find(|seen| about(seen) == about(problem)) {
        Some(seen) => seen.clone_from(problem),
        None => known.push(problem.clone()),
    }
}

/// What the looks before an edit see of its document now; nothing where that is not known yet, or
/// the document is not reachable there.
fn documents(
    step: &Step,
    node: &NodeName,
    overlays: &BTreeMap<NodeName, Overlay<'_>>,
) -> Result<Seen, HostError> {
    let mut all = Seen::default();

    let Some(overlay) = overlays.get(node).filter(|_| step.edits()) else { return Ok(all) };

    if let Scope::Holding { mount, .. } = &step.scope
        && !overlay.mounted(mount).unwrap_or(false)
    {
        return Ok(all);
    }

    let hosts: Views<'_> = [(node.clone(), overlay as &dyn Inspect)].into();

    for (_, look) in step.looks.iter().filter(|(when, _)| *when != When::After) {
        match look(&LookContext::on(&hosts, node, false)) {
            Ok(seen) => all.and(seen),
            Err(
                lost @ (HostError::Lost { .. }
                | HostError::Unreachable { .. }
                | HostError::TimedOut(_)),
            ) => return Err(lost),
            // It is known later, or without a connection not at all.
            Err(_) => {}
        }
    }
    Ok(all)
}

fn of_step(number: usize, step: &Step, ops: Vec<PlanOp>, seen: Seen) -> PlanStep {
    PlanStep {
        number,
        id: step.id.to_string(),
        title: step.title.clone(),
        section: step.cite.to_string(),
        why: step.why.into(),
        nodes: step.nodes(),
        passing: step.lifespan == Lifespan::Passing,
        ops,
        problems: seen.problems,
        notices: seen.notices,
        questions: Vec::new(),
    }
}

fn planned(
    overlays: &BTreeMap<NodeName, Overlay<'_>>,
    host: Option<&dyn Inspect>,
    switching: &mut Switching,
    (step, is_idle): (&Step, bool),
    id: &OpId,
    op: &Op,
) -> Result<PlanOp, HostError> {
    let overlay = overlays.get(&id.node);
    let instance = &step.id.instance;
    let status = match (status(overlay, op)?, host) {
        (Status::KnownAfter { step }, Some(host)) => {
            now_or_after(host, switching, instance, op, step)
        }
        (status, _) => status,
    };
    // What an installation asks of a step that it leaves alone, it tells with its questions.
    let status = if is_idle { Status::Holds } else { status };
    if let Op::Run(Run { command, .. }) = op {
        switching.take(instance, step.id.as_str(), command, status != Status::Holds);
    }
    // Before the effect is predicted: the diff is against what stands until then.
    let diff = overlay.and_then(|o| changes(o, op, &status));
    if let Some(overlay) = overlay
        && status != Status::Holds
    {
        predict(overlays, overlay, step, id, op);
    }

    let (undo, irreversible) = match op.inverse(id) {
        Ok(ops) => (ops.iter().flat_map(Op::commands).collect(), None),
        Err(because) => (Vec::new(), Some(because)),
    };
    Ok(PlanOp {
        node: id.node.clone(),
        number: id.number,
        kind: op.kind().into(),
        commands: op.commands(),
        identity: op.identity(),
        status,
        diff,
        undo,
        irreversible,
        leaves: op.leaves().to_vec(),
    })
}

/// Of an operation that an earlier step might bear on: what is not there now is to be done, since
/// no step makes what another one makes, and none takes away what was made in the cluster. A group
/// that an earlier step brings online takes its resources along.
fn now_or_after(
    host: &dyn Inspect,
    switching: &Switching,
    instance: &Option<String>,
    op: &Op,
    step: String,
) -> Status {
    let Ok(now) = op.reality(host) else { return Status::KnownAfter { step } };
    match (op, &now) {
        (Op::Run(Run { command, .. }), _) if is_switch(command) => {
            match switching.turn(instance, command, &now) {
                Turn::Holds => Status::Holds,
                Turn::Due => Status::Todo,
                Turn::After(step) => Status::KnownAfter { step },
                Turn::Open => Status::KnownAfter { step },
            }
        }
        (Op::Run(Run { command, .. }), Reality::Present) if subject(command).is_some() => {
            Status::Holds
        }
        (_, Reality::Absent) => Status::Todo,
        _ => Status::KnownAfter { step },
    }
}

/// What the dry host knows of an operation now.
fn status(overlay: Option<&Overlay<'_>>, op: &Op) -> Result<Status, HostError> {
    Ok(match overlay.map(|o| o.reality(op)) {
        None | Some(Err(HostError::Offline)) => Status::Offline,
        Some(Ok(Reality::Absent)) => Status::Todo,
        Some(Ok(Reality::Present)) => Status::Holds,
        Some(Ok(Reality::Differs { found })) => Status::Differs { found },
        Some(Err(HostError::KnownAfter(step))) => Status::KnownAfter { step },
        Some(Err(
            other @ (HostError::Lost { .. }
            | HostError::Unreachable { .. }
            | HostError::TimedOut(_)),
        )) => {
            return Err(other);
        }
        Some(Err(
            HostError::NotAsked
            | HostError::LostLock { .. }
            | HostError::Invalid(_)
            | HostError::Io { .. },
        )) => Status::Offline,
    })
}

/// Lets the dry hosts stand as they will after the operation.
fn predict(
    overlays: &BTreeMap<NodeName, Overlay<'_>>,
    overlay: &Overlay<'_>,
    step: &Step,
    id: &OpId,
    op: &Op,
) {
    // What cannot be predicted is simply not known later either.
    let _ = overlay.simulate(id, op);
    let Op::Run(Run { touches, .. }) = op else {
        // What is done to a shared file system moves along with it.
        if let Some(path) = op.path().filter(|path| step.share().iter().any(|s| path.is_within(s)))
        {
            overlays.values().for_each(|other| other.shares(overlay, path));
        }
        return;
    };

    // What other nodes see as well: the cluster's answers, mounts, and a shared file system.
    let is_seen = |touched: &&Touches| {
        touched.is_shared() || (!op.moves() && overlay.is_shared(&touched.path()))
    };
    let shared: Vec<NodePath> = touches.iter().filter(is_seen).map(Touches::path).collect();
    overlays
        .values()
        .filter(|o| !std::ptr::eq(*o, overlay))
        .for_each(|o| o.touch(&id.step, shared.clone()));
}

/// What changes in a file, as a diff; an edit of a file that cannot be seen yet shows what is
/// added.
fn changes(overlay: &Overlay<'_>, op: &Op, status: &Status) -> Option<String> {
    match op {
        Op::Edit { path, changes, .. } if *status != Status::Holds => {
            let before = overlay.read(path);
            let (before, seen) = match &before {
                Ok(bytes) => (bytes.as_slice(), true),
                Err(_) => (&b""[..], false),
            };

            let diff = crate::document::diff(
                before,
                &crate::op::effect::edit(before, changes),
                path.as_str(),
            );
            Some(if seen {
                diff
            } else {
                format!("# {path} cannot be seen yet; added at its end:\n{diff}")
            })
        }
        Op::Install { path, content, .. } if *status != Status::Holds => {
            Some(crate::document::diff(b"", content.as_bytes(), path.as_str()))
        }
        _ => None,
    }
}
