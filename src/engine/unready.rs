//! A service that would start, with its group, without what it is configured by. That is refused
//! before the first change, with the commands that bring the group online without it: disabling a
//! resource is somebody's decision, and enabling it is a step of its own. What runs goes on.

use std::collections::BTreeSet;

use super::reach::{Reach, Service, is_enabled};
use super::{Engine, Stop, Survey, stopped};
use crate::cluster::{GroupState, queries};
use crate::guide::Placement;
use crate::node::HostError;
use crate::problem::{Problem, codes};
use crate::step::{Scope, Step, StepKind, Views};

impl Engine<'_> {
    /// Tells which services this run would start before what they need is there; those that nobody
    /// has accepted come back.
    pub(super) fn tell_unready(
        &mut self,
        survey: &Survey,
        chosen: &BTreeSet<String>,
    ) -> Result<Vec<Problem>, Stop> {
        let is_due = |step: &Step| {
            chosen.contains(step.id.as_str()) && survey.wanted.contains(step.id.as_str())
        };

        let guide = self.guide;
        let mut left = Vec::new();
        for of in &guide.placements {
            let own = guide.steps.iter().filter(|s| s.id.instance == of.instance);
            let missing = own.clone().find(|step| {
                step.endangers.is_some()
                    && matches!(step.scope, Scope::Holding { .. })
                    && survey.has_work(step.id.as_str())
            });
            let Some(missing) = missing else { continue };
            if !own.clone().any(|step| is_due(step) && step.takes_position()) {
                continue;
            }

            let Scope::Holding { mount, .. } = &missing.scope else { continue };
            let reach = self.fleet.look(|hosts| match would_start(hosts, of)? {
                true => Reach::of(of, mount, hosts, Service::Disabled),
                false => Ok(None),
            });
            let reach = reach?.map_err(|e| stopped(missing.id.as_str(), of.nodes.first(), e))?;
            if let Some(reach) = reach {
                let problem = self.would_start_unready(of, missing, &reach);
                left.extend(self.tell_problems(missing.id.as_str(), vec![problem]));
            }
        }
        Ok(left)
    }

    fn would_start_unready(&self, of: &Placement, missing: &Step, reach: &Reach) -> Problem {
        let (service, group) = (&of.service, &of.group);
        let what = format!("{service} would start with {group}, before {} is done", missing.id);

        let mut steps = self.guide.steps.iter().filter(|s| s.id.instance == of.instance);
        let enabling = steps.find(|step| step.id.kind == StepKind::ServiceEnable);
        let drift = enabling.map_or_else(String::new, |step| {
            format!(" --accept {}", codes::DRIFT.of(step.id.as_str()))
        });
        let again = self.commands().forward();

        Problem::new(codes::SERVICE_UNREADY, what).on(reach.node.as_str()).hint(format!(
            "type there: {}; then {again}{drift}, which enables it at its place",
            reach.commands.join("; ")
        ))
    }
}

/// Whether bringing the group online starts its service: the group is nowhere, and the service is
/// enabled, or is going to be along with everything of a group that is not managed.
pub(super) fn would_start(hosts: &Views<'_>, of: &Placement) -> Result<bool, HostError> {
    let Some(asked) = of.nodes.iter().find_map(|node| hosts.get(node)) else { return Ok(false) };
    let Some(is_on) = is_enabled(*asked, &of.service)? else { return Ok(false) };

    let mut states = Vec::new();
    for node in &of.nodes {
        let said = asked.query(&queries::group_state(&of.group, node))?;
        states.extend(said.success().then(|| GroupState::parse(&said.text())));
    }
    let is_unmanaged = states.contains(&GroupState::Unmanaged);
    let is_down = states.iter().all(|s| matches!(s, GroupState::Offline | GroupState::Unmanaged));
    Ok(is_down && (is_on || is_unmanaged))
}
