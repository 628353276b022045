//! What is not any more as finished steps have left it, for whoever wants to know at once whether
//! all is well. It is asked of the hosts that are connected, in one round trip where all is: what
//! is known of the others stays what it was. A proof that takes longer is left to `verify`.

use std::collections::BTreeMap;

use super::fleet::{Answers, Task};
use super::{Decision, During, Engine, Finding, Question, Stop};
use crate::cluster::commands;
use crate::journal::State;
use crate::node::NodeName;
use crate::op::{Check, Op, Reality, Run};
use crate::problem::{Problem, codes};
use crate::step::{Lifespan, LookContext, Seen, Step, StepKind, Views, When};

/// What a finished step is not as it was left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    /// The step, or what is looked at besides.
    pub step: String,
    pub problem: Problem,
    pub kind: DriftKind,
}

/// How it was seen, which decides who leads on from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DriftKind {
    /// The profile means something else than what was installed.
    Profile,
    /// How the cluster stands: that also says itself what is wrong.
    Cluster,
    /// An installation asks about it, and goes on from there.
    Asked,
    /// A look has seen it; what to do about it is in its problem.
    Seen,
}

impl Engine<'_> {
    /// What is not as it was left, by the hosts that are connected; nothing is changed. What
    /// somebody has accepted as it is counts as it should be. `known`: what the hosts have said
    /// just now.
    ///
    /// # Errors
    /// A host that is lost.
    pub fn drift(&self, known: BTreeMap<NodeName, Answers>) -> Result<Vec<Drift>, Stop> {
        // With other settings other things would be looked for.
        if let Some(problem) = self.other_settings() {
            let step = During::Profile.to_string();
            return Ok(vec![Drift { step, problem, kind: DriftKind::Profile }]);
        }
        self.fleet.look_expecting(known, &self.left(), |hosts| {
            let (mut all, mut told) = (Vec::new(), Seen::default());
            // What a step that has changed makes wrong in others is not told again.
            let mut changed: Vec<&str> = Vec::new();
            for step in self.guide.steps.iter().filter(|s| s.lifespan == Lifespan::Lasting) {
                // It is asked about all the same, so that everything is asked at once.
                if step.needs.iter().any(|need| changed.contains(&need.as_str())) {
                    self.drift_of(hosts, step, &mut told.clone(), &mut Vec::new());
                    continue;
                }
                let before = all.len();
                self.drift_of(hosts, step, &mut told, &mut all);
                if all[before..].iter().any(|drift| drift.kind != DriftKind::Seen) {
                    changed.push(step.id.as_str());
                }
            }
            all
        })
    }

    /// What finished steps have left, as far as their commands say what that is; of the places that
    /// a group has taken up, the last one.
    pub(super) fn left(&self) -> Vec<(NodeName, Check)> {
        let history = self.journal.history();
        let (mut left, mut places) = (Vec::new(), BTreeMap::new());
        for step in &self.guide.steps {
            for Task { key, id, op, .. } in step.nodes().iter().flat_map(|n| Task::all(step, n)) {
                let (Op::Run(Run { done_when, .. }) | Op::Operator { done_when, .. }) = op else {
                    continue;
                };
                match history.state(&key) {
                    State::Done if step.takes_position() => {
                        places.insert(&step.id.instance, (id.node, done_when));
                    }
                    State::Done => left.push((id.node, done_when)),
                    _ => {}
                }
            }
        }
        left.extend(places.into_values());
        left
    }

    fn drift_of(&self, hosts: &Views<'_>, step: &Step, told: &mut Seen, all: &mut Vec<Drift>) {
        let Ok(places) = Self::locations(hosts, step) else { return };
        let mut stands = !step.acts();
        for at in places.iter().filter(|at| at.is_visible && hosts.contains_key(&at.node)) {
            let Ok(found) = self.findings(hosts, step, at) else { continue };
            let is_done = |state| matches!(state, State::Done | State::Adopted);
            if !found.iter().all(|finding| is_done(finding.state)) {
                continue;
            }

            let seen = match step.edits() {
                true => Self::document(hosts, step, &at.node).unwrap_or_default(),
                false => Seen::default(),
            };
            let is_explained = !seen.problems.is_empty();
            let before = all.len();
            self.take_in(step, seen, told, all);
            if !is_explained {
                all.extend(found.iter().filter_map(|finding| of_finding(step, finding)));
            }
            stands |= all.len() == before;
        }

        // A step that only looks proves what others did.
        if !self.is_over(step) {
            return;
        }
        for (_, look) in step.looks.iter().filter(|(when, _)| *when == When::After) {
            // A look that needs a host which is not there says nothing; one at what has changed is
            // made for its questions only, which go with the others.
            if let (Ok(seen), true) = (look(&LookContext::everywhere(hosts, true)), stands) {
                self.take_in(step, seen, told, all);
            }
        }
    }

    /// Whether all of a step has been done, and what comes before one that only looks.
    fn is_over(&self, step: &Step) -> bool {
        let history = self.journal.history();
        let is_done = |of: &Step| {
            let nodes = of.nodes();
            let mut keys = nodes.iter().flat_map(|node| Self::keys(of, node));
            keys.all(|key| !matches!(history.state(&key), State::Never | State::Undone))
        };
        let steps = self.guide.steps.iter();
        let mut before = steps.take_while(|other| other.id != step.id);
        is_done(step)
            && (step.acts() || before.all(|s| s.lifespan != Lifespan::Lasting || is_done(s)))
    }

    fn take_in(&self, step: &Step, seen: Seen, told: &mut Seen, all: &mut Vec<Drift>) {
        let id = step.id.to_string();
        let seen = seen.unsaid(told);
        let doubts = seen.doubts.into_iter().map(|doubt| Question::of(&id, doubt));
        let open: Vec<Question> = doubts.filter(|question| !self.is_judged(question)).collect();

        let kind = match step.id.kind {
            StepKind::Prove => DriftKind::Cluster,
            _ => DriftKind::Seen,
        };
        all.extend(seen.problems.into_iter().map(|problem| Drift {
            step: id.clone(),
            problem: self.once_begun(&id, problem),
            kind,
        }));
        all.extend(open.into_iter().map(|question| {
            let what = format!("{}: {}", question.what, question.found);
            of_step(step, what, question.node.as_ref(), kind)
        }));
    }
}

fn of_finding(step: &Step, finding: &Finding) -> Option<Drift> {
    let Decision::Ask(what) = &finding.decision else { return None };
    let node = &finding.id.node;
    let ops = step.named_ops(node);
    let op = ops.iter().find(|(id, _)| *id == finding.id).map(|(_, op)| op);
    let is_of_cluster = |op: &Op| match op {
        Op::Run(Run { command, .. }) => commands::subject(command).is_some(),
        _ => false,
    };
    let kind = match op.is_some_and(is_of_cluster) {
        true => DriftKind::Cluster,
        false => DriftKind::Asked,
    };

    let found = match &finding.reality {
        Ok(Reality::Differs { found }) => format!(": {found}"),
        _ => String::new(),
    };
    Some(of_step(step, format!("{}: {what}{found}", step.title), Some(node), kind))
}

fn of_step(step: &Step, what: String, node: Option<&NodeName>, kind: DriftKind) -> Drift {
    let problem = Problem::of_step(codes::DRIFT, step.id.as_str(), what);
    let problem = match node {
        Some(node) => problem.on(node.as_str()),
        None => problem,
    };
    Drift { step: step.id.to_string(), problem, kind }
}
