//! Services that a run is going to cut off, said before it begins: where somebody is served,
//! nothing stops or moves that the plan did not name. What the plan names may turn out not to be
//! needed; nothing else happens.

use std::collections::BTreeSet;

use super::stopped;
use super::{During, Engine, Outage, Stop, Survey};
use crate::cluster::{ResourceState, queries};
use crate::guide::Placement;
use crate::journal::{OpKey, State};
use crate::node::{HostError, NodeName};
use crate::op::Op;
use crate::step::{Place, Step, StepKind, Views};

impl Engine<'_> {
    /// What the steps of this run cut off.
    pub(super) fn outages(
        &self,
        survey: &Survey,
        chosen: &BTreeSet<String>,
    ) -> Result<Vec<Outage>, Stop> {
        let due = |step: &&Step| {
            chosen.contains(step.id.as_str()) && survey.wanted.contains(step.id.as_str())
        };

        if !self.guide.steps.iter().filter(due).any(Step::takes_position) {
            return Ok(Vec::new());
        }

        self.fleet.look(|hosts| {
            let mut outages = Vec::new();
            for of in &self.guide.placements {
                let mut runs = Self::served_on(hosts, of)
                    .map_err(|(node, e)| stopped(During::States, &node, e))?
                    .is_some();
                let mut moved = false;
                let own = self.guide.steps.iter().filter(|s| s.id.instance == of.instance);
                for step in own.filter(due) {
                    runs |= step.id.kind == StepKind::ServiceEnable;
                    if !step.takes_position() || (!moved && self.holds(hosts, step)?) {
                        continue;
                    }
                    moved = true;
                    if runs {
                        let (id, seconds) = (step.id.as_str(), longest(step));
                        outages.push(Outage::moving(&of.service, id, seconds));
                    }
                }
            }
            Ok(outages)
        })?
    }

    /// What undoing these cuts off.
    pub(super) fn outages_of(&self, keys: &[OpKey]) -> Result<Vec<Outage>, Stop> {
        let entries = &self.journal.history().entries;
        let stops = |key: &OpKey, of: &Placement| {
            let undone = entries.get(key).is_some_and(|entry| !entry.undo.is_empty());
            let step = self.guide.step(&key.step);
            key.place == Place::Cluster
                && undone
                && step.is_some_and(|s| s.id.instance == of.instance)
        };

        let hit: Vec<(&Placement, &OpKey)> = self
            .guide
            .placements
            .iter()
            .filter_map(|of| Some((of, keys.iter().find(|key| stops(key, of))?)))
            .collect();

        if hit.is_empty() {
            return Ok(Vec::new());
        }

        self.fleet.look(|hosts| {
            let mut outages = Vec::new();
            for (of, key) in &hit {
                let Some(node) = Self::served_on(hosts, of)
                    .map_err(|(node, e)| stopped(During::States, &node, e))?
                else {
                    continue;
                };
                let until = "it is installed again";
                outages.push(Outage::stopping(&of.service, &key.step, &node, until));
            }
            Ok(outages)
        })?
    }

    /// What a step that stops, restarts or moves the service of an instance cuts off.
    ///
    /// # Errors
    /// A host that cannot be asked.
    pub fn outages_by(&self, step: &Step, instance: &str) -> Result<Vec<Outage>, Stop> {
        let Some(of) = self.guide.placements.iter().find(|of| of.name == instance) else {
            return Ok(Vec::new());
        };
        let served = self.fleet.look(|hosts| Self::served_on(hosts, of))?;
        let served = served.map_err(|(node, e)| stopped(During::States, &node, e))?;
        let Some(node) = served else { return Ok(Vec::new()) };

        let (service, id) = (of.service.as_str(), step.id.as_str());
        Ok(match step.id.kind {
            StepKind::ServiceFailover => vec![Outage::moving(service, id, longest(step))],
            StepKind::ServiceRestart => vec![Outage::restarting(service, id, longest(step))],
            StepKind::ServiceStop => {
                vec![Outage::stopping(service, id, &node, "it is started again")]
            }
            StepKind::ServiceRemove => {
                vec![Outage::stopping(service, id, &node, "it is installed again")]
            }
            _ => Vec::new(),
        })
    }

    /// Whether a position is left alone though the group stands elsewhere: it was taken up once,
    /// and the service has run since before this run.
    pub(super) fn rests(&self, hosts: &Views<'_>, step: &Step, state: State) -> Result<bool, Stop> {
        if !step.takes_position()
            || state != State::Done
            || self.started.contains(&step.id.instance)
        {
            return Ok(false);
        }
        let Some(of) = self.guide.placements.iter().find(|of| of.instance == step.id.instance)
        else {
            return Ok(false);
        };
        Ok(Self::served_on(hosts, of)
            .map_err(|(node, e)| stopped(During::States, &node, e))?
            .is_some())
    }

    /// The node on which the service runs, watched or not, if the cluster knows of it.
    pub(super) fn served_on(
        hosts: &Views<'_>,
        of: &Placement,
    ) -> Result<Option<NodeName>, (NodeName, HostError)> {
        let Some(asked) = of.nodes.iter().find_map(|node| hosts.get(node)) else {
            return Ok(None);
        };
        let state = |node: &NodeName| asked.query(&queries::resource_state(&of.service, node));
        let states = of.nodes.iter().map(state).collect::<Result<Vec<_>, _>>();
        let states = states.map_err(|e| (asked.name().clone(), e))?;
        let runs = of
            .nodes
            .iter()
            .zip(states)
            .find(|(_, said)| said.success() && ResourceState::parse(&said.text()).serves());
        Ok(runs.map(|(node, _)| node.clone()))
    }
}

/// How long calha waits for the slowest operation of a step, in seconds.
fn longest(step: &Step) -> u64 {
    let ops = step.nodes().into_iter().flat_map(|node| (step.ops)(&node));
    let limits = ops.map(|op| match op {
        Op::Run(run) => run.within,
        _ => 0,
    });
    limits.max().unwrap_or(0)
}
