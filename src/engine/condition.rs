//! Why something did not go well, as the cluster tells it: how the groups stand, and the commands
//! that help. It only looks, and where nobody answers any more it says nothing.

use super::reach::{Reach, Service};
use super::{During, Engine, Failure, Stop};
use crate::node::{HostError, Inspect, NodeName, NodePath};
use crate::op::{Op, Run};
use crate::step::{GroupCondition, Step};

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
        Stop::Failed(Box::new(Failure {
            step: step.id.to_string(),
            title: step.title.clone(),
            section: step.cite.to_string(),
            node: node.clone(),
            commands: op.commands(),
            status,
            tail,
            undone: false,
            seen: condition.odd(),
            remedy: condition.remedy().map(|remedy| self.guide.remedy(remedy)),
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
        let groups: Vec<&str> = self.guide.placements.iter().map(|p| p.group.as_str()).collect();
        let Some(asked) = self.guide.members.iter().find(|node| self.fleet.has(node)) else {
            return Vec::new();
        };
        let read = |host: &dyn Inspect| {
            let read = |group: &&str| GroupCondition::read(host, group).ok();
            Ok(groups.iter().filter_map(read).collect())
        };
        let seen: Vec<GroupCondition> =
            self.fleet.look_at(asked, During::Looking, read).unwrap_or_default();
        seen.iter().flat_map(GroupCondition::odd).collect()
    }
}
