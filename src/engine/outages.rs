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
                        outages.push(Outage {
                            service: of.service.clone(),
                            step: step.id.to_string(),
                            what: "its group moves: users are cut off for as long as that takes"
                                .into(),
                        });
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
                outages.push(Outage {
                    service: of.service.clone(),
                    step: key.step.clone(),
                    what: format!(
                        "it runs on {node} and is stopped: users are not served from then on"
                    ),
                });
            }
            Ok(outages)
        })?
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
    fn served_on(
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
