//! Why something did not go well, as the cluster tells it: how the groups stand, and the commands
//! that help. It only looks, and where nobody answers any more it says nothing.

use super::reach::{Reach, Service};
use super::{During, Engine, Failure, Stop};
use crate::cluster::commands;
use crate::guide::Placement;
use crate::node::{HostError, Inspect, NodeName, NodePath};
use crate::op::{Op, Run};
use crate::problem::{Problem, WayOut, codes};
use crate::step::{GroupCondition, Remedy, Step};

impl Engine<'_> {
    pub(super) fn failure(
        &self,
        step: &Step,
        node: &NodeName,
        op: &Op,
        status: Option<i32>,
        tail: String,
    ) -> Stop {
        let condition = self.condition(node, op);
        let (mut seen, mut remedy) = (condition.odd(), condition.remedy());
        if let (None, Op::Run(Run { command, .. })) = (&remedy, op)
            && let Some(to) = commands::destination(command)
            && !condition.group.is_empty()
        {
            let (stands, read) = condition.not_moved(&to);
            seen.extend(stands);
            remedy = Some(self.guide.with_logs_of(&condition.group, read));
        }
        Stop::Failed(Box::new(Failure {
            step: step.id.to_string(),
            title: step.title.clone(),
            section: step.cite.to_string(),
            node: node.clone(),
            commands: op.commands(),
            status,
            tail,
            undone: false,
            seen,
            remedy: remedy.map(|remedy| self.guide.remedy(remedy)),
        }))
    }

    /// How the group stands that a command is about; at rest where it is about none, and where
    /// nobody answers any more.
    pub(super) fn condition(&self, node: &NodeName, op: &Op) -> GroupCondition {
        let Op::Run(Run { command, .. }) = op else { return GroupCondition::default() };
        let about = |host: &dyn Inspect| GroupCondition::about(host, command);
        let asked = self.fleet.look_at(node, During::Looking, about);
        asked.ok().flatten().unwrap_or_default()
    }

    /// The problem that a service is not up, or its group at rest, with the way out where one of
    /// its methods has failed; any other problem as it is.
    pub(super) fn with_way_out(&self, problem: Problem) -> Problem {
        let is_before = problem.code == codes::PREFLIGHT_GROUP_STATE.as_str();
        if !is_before && problem.code != codes::SERVICE_NOT_ONLINE.as_str() {
            return problem;
        }
        let is_of = |of: &&Placement| {
            let names = [&of.group, &of.service, &of.storage, &of.address];
            problem.what.split(' ').any(|word| names.iter().any(|name| *name == word))
        };
        let group = self.guide.placements.iter().find(is_of).map(|of| of.group.as_str());
        let Some(condition) = group.and_then(|group| self.read_group(group)) else {
            return problem;
        };

        let remedy = condition.remedy().map(|remedy| self.guide.remedy(remedy));
        if is_before {
            return match remedy {
                Some(Remedy { restart: Some(instance), first, logs, .. }) => self.restarting(
                    problem,
                    &format!("{first}: read {}", logs.join(", ")),
                    &instance,
                ),
                _ => problem,
            };
        }

        let odd = condition.odd().into_iter().filter(|odd| !problem.what.contains(odd));
        let what = [problem.what.clone()].into_iter().chain(odd).collect::<Vec<_>>().join("; ");
        let problem = Problem { what, ..problem };
        match remedy {
            Some(remedy) => self.hinting(problem, &remedy),
            None => problem,
        }
    }

    /// The problem with calha's own restart in place of the cluster's, the other way as it is.
    fn restarting(&self, problem: Problem, before: &str, instance: &str) -> Problem {
        let Some([_, other]) = problem.ways.as_deref() else { return problem };
        let restart = format!("{} {instance}", self.commands().of("service restart"));
        let ways = [WayOut::typed(format!("{before}; then type"), restart), other.clone()];
        problem.choice(ways)
    }

    /// The problem with what a remedy says, ending in a command.
    fn hinting(&self, problem: Problem, remedy: &Remedy) -> Problem {
        let before = format!("{}; read {}; then type", remedy.first, remedy.logs.join(", "));
        match (&remedy.restart, &remedy.node) {
            (Some(instance), _) => {
                let restart = self.commands().of("service restart");
                problem.hint(format!("{before}: {restart} {instance}"))
            }
            (None, Some(node)) => problem
                .hint(format!("{before} on this node: {}", remedy.commands.join("; ")))
                .on(node.as_str()),
            (None, None) => problem.hint(format!("{before}: {}", remedy.commands.join("; "))),
        }
    }

    /// How a group stands, as the first member says that can be asked.
    fn read_group(&self, group: &str) -> Option<GroupCondition> {
        let asked = self.guide.members.iter().find(|node| self.fleet.has(node))?;
        let read = |host: &dyn Inspect| GroupCondition::read(host, group);
        self.fleet.look_at(asked, During::Looking, read).ok()
    }

    /// How a shared file system that is mounted nowhere comes back.
    pub(super) fn back_to_mount(&self, mount: &NodePath) -> String {
        let of = self.guide.placements.iter().find(|p| p.mounts.contains(mount));
        let told = of.and_then(|of| {
            let asked = self.fleet.look(|hosts| {
                let first = of.nodes.iter().find_map(|node| hosts.get(node));
                let condition = first.map(|host| GroupCondition::read(*host, &of.group));
                let condition = condition.transpose()?.filter(|c| c.remedy().is_some());
                let reach = Reach::of(of, mount, hosts, Service::Stays)?;
                Ok::<_, HostError>((condition, reach))
            });
            match asked {
                Ok(Ok((Some(condition), _))) => Some(condition.told()),
                Ok(Ok((None, Some(Reach { node, commands })))) => {
                    Some(format!("type on {node}: {}", commands.join("; ")))
                }
                _ => None,
            }
        });
        told.unwrap_or_else(|| "connect a node that can mount it".into())
    }

    /// A run that stopped waiting says what it saw last.
    pub(super) fn having_seen(&self, stop: Stop) -> Stop {
        match stop {
            Stop::LeftRunning { step, node, seconds, seen } if seen.is_empty() => {
                Stop::LeftRunning { step, node, seconds, seen: self.all_odd() }
            }
            other => other,
        }
    }

    /// What is odd about the groups of this installation, as far as somebody says it.
    pub(super) fn all_odd(&self) -> Vec<String> {
        let groups = self.guide.placements.iter();
        groups.filter_map(|of| self.read_group(&of.group)).flat_map(|seen| seen.odd()).collect()
    }
}
