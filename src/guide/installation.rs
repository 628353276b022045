//! One installation as the engine takes it: the steps in their corrected order, the hosts, the
//! record's place on the nodes and what moves between nodes. It is made from settings alone, so the
//! same profile gives the same steps on any machine. What has been done is known to the journal.

use std::collections::BTreeMap;

use super::{Placement, instances};
use crate::node::{NodeName, NodePath};
use crate::op::{Leftover, Op, OpId, quote};
use crate::problem::Problem;
use crate::setting::{Resolved, Settings};
use crate::step::{Remedy, Step, StepKind};

/// The corrected order of one installation.
#[derive(Debug)]
pub struct Guide {
    pub steps: Vec<Step>,
    /// calha's directory on each node.
    pub record: NodePath,
    /// The hosts that steps run on.
    pub hosts: Vec<NodeName>,
    /// The cluster's nodes among them.
    pub members: Vec<NodeName>,
    pub cluster: String,
    /// Names the installation, here and on the nodes.
    pub profile: String,
    /// The step from which users of the calendar notice something.
    pub noticed_from: String,
    /// What the nodes must be able to carry, for people (6.1.2, 6.1.3).
    pub notes: Vec<String>,
    /// What moves between nodes.
    pub placements: Vec<Placement>,
    /// The effective settings, for the journal, and their digest.
    pub values: BTreeMap<String, String>,
    pub digest: String,
}

impl Guide {
    /// The steps for a profile that was read.
    ///
    /// # Errors
    /// As [`Guide::new`].
    pub fn of(resolved: &Resolved, profile: &str) -> Result<Self, Problem> {
        Ok(Self {
            values: resolved.canonical(),
            digest: resolved.digest(),
            ..Self::new(&resolved.settings, profile)?
        })
    }

    /// The steps for these settings. `profile` names the installation in the record's path on the
    /// nodes.
    ///
    /// # Errors
    /// When a value cannot stand in a file that has to be written.
    pub fn new(settings: &Settings, profile: &str) -> Result<Self, Problem> {
        let several = settings.instances.len() > 1;
        let (steps, record) = instances::steps(settings, profile)?;

        let noticed_from = steps
            .iter()
            .find(|s| s.id.kind == StepKind::ServiceEnable)
            .map_or_else(String::new, |s| s.id.to_string());

        let mut hosts = settings.cluster.nodes.clone();
        for step in &steps {
            for node in step.nodes() {
                if !hosts.contains(&node) {
                    hosts.push(node);
                }
            }
        }

        Ok(Self {
            steps,
            record,
            hosts,
            members: settings.cluster.nodes.clone(),
            cluster: settings.cluster.name.clone(),
            profile: profile.to_owned(),
            noticed_from,
            notes: load(settings),
            placements: settings
                .instances
                .iter()
                .map(|i| Placement::of(i, &settings.account.user, several))
                .collect(),
            values: BTreeMap::new(),
            digest: String::new(),
        })
    }

    /// A step by its id.
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|s| s.id == *id)
    }

    /// A way out, as it is for this installation: an address may be another machine's; a service
    /// that has not started says why in its own logs, and is started by calha.
    pub fn remedy(&self, remedy: Remedy) -> Remedy {
        if let Some(look) = remedy.stopped.as_ref().and_then(|stopped| self.look_for(stopped)) {
            return Remedy { first: format!("{} ({look})", remedy.first), ..remedy };
        }
        let down = remedy.restart.as_ref();
        if let Some(host) = self.placements.iter().find(|p| Some(&p.address) == down) {
            let first =
                format!("{} (who else has its address? arp {})", remedy.first, host.host_name);
            return Remedy { first, restart: None, ..remedy };
        }
        let service = self.placements.iter().find(|p| Some(&p.service) == down);
        let Some(service) = service else { return Remedy { restart: None, ..remedy } };
        Remedy { restart: Some(service.name.clone()), ..with_logs(service, remedy) }
    }

    /// A way out of what went wrong with a group: its service says more of that in its own logs.
    pub fn with_logs_of(&self, group: &str, remedy: Remedy) -> Remedy {
        match self.placements.iter().find(|placement| placement.group == group) {
            Some(service) => with_logs(service, remedy),
            None => remedy,
        }
    }

    /// The command that shows what of a resource still runs on a node.
    fn look_for(&self, resource: &str) -> Option<String> {
        let of = |name: &String| name == resource;
        self.placements.iter().find_map(|placement| {
            let Placement { service, storage, address, .. } = placement;
            match () {
                () if of(service) => Some(format!("ps -fu {}", quote(&placement.user))),
                () if of(storage) => {
                    let mounts = placement.mounts.iter().map(|mount| quote(mount.as_str()));
                    Some(format!("fuser -cu {}", mounts.collect::<Vec<_>>().join(" ")))
                }
                () if of(address) => Some("ifconfig -a".to_owned()),
                () => None,
            }
        })
    }

    /// Keeps these steps only, and what they need; for a part of the installation and for tests.
    #[must_use]
    pub fn only(mut self, ids: &[&str]) -> Self {
        let mut kept: Vec<String> = Vec::new();
        let mut open: Vec<String> = ids.iter().map(|i| (*i).to_owned()).collect();
        while let Some(id) = open.pop() {
            if kept.contains(&id) {
                continue;
            }
            if let Some(step) = self.step(&id) {
                open.extend(step.needs.iter().map(ToString::to_string));
            }
            kept.push(id);
        }
        self.steps.retain(|s| kept.iter().any(|id| *id == s.id));
        self
    }

    /// Every operation with its name, in the order printed.
    pub fn ops(&self) -> Vec<(&Step, OpId, Op)> {
        let all = self
            .steps
            .iter()
            .flat_map(|step| step.nodes().into_iter().map(move |node| (step, node)));
        all.flat_map(|(step, node)| {
            step.named_ops(&node).into_iter().map(move |(id, op)| (step, id, op))
        })
        .collect()
    }

    /// What the steps for which `counts` holds leave behind for good, by host.
    pub fn leftovers(&self, counts: impl Fn(&Step) -> bool) -> Vec<(NodeName, Leftover)> {
        let mut all = Vec::new();
        for (_, id, op) in self.ops().into_iter().filter(|(step, ..)| counts(step)) {
            // What is done by hand may be done on a host that the plan has no connection to.
            let place = match &op {
                Op::Operator { on: Some(host), .. } => host,
                _ => &id.node,
            };
            for leftover in op.leaves() {
                let one = (place.clone(), leftover.clone());
                if !all.contains(&one) {
                    all.push(one);
                }
            }
        }
        all
    }
}

/// What the service says itself, beside what the cluster says of it.
fn with_logs(service: &Placement, remedy: Remedy) -> Remedy {
    let mut logs = remedy.logs.clone();
    logs.push(format!("http.log and start-cal's messages in {}", service.logs));
    Remedy { logs, ..remedy }
}

/// Which nodes may have to run several instances at once.
fn load(settings: &Settings) -> Vec<String> {
    let mut notes = Vec::new();
    for node in &settings.cluster.nodes {
        let all: Vec<&str> = settings
            .instances
            .iter()
            .filter(|i| i.nodes.contains(node))
            .map(|i| i.name.as_str())
            .collect();
        if all.len() > 1 {
            let how = if settings.instances.iter().any(|i| i.nodes.first() == Some(node)) {
                "After a failover"
            } else {
                "At worst"
            };
            notes.push(format!(
                "{how} {node} runs {} at once; it must be able to carry them.",
                all.join(", ")
            ));
        }
    }
    notes
}
