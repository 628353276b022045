//! What is wrong with the group of an instance, its resources and its file systems, and the way
//! out. What a run has not brought up yet, or has taken down, is left to it.

use super::evidence::Evidence;
use super::mounts::judge_mounts;
use super::next::Next;
use super::seen::Seen;
use super::standing::{InstanceStanding, ResourceStanding};
use super::verdict::Verdict;
use crate::cluster::{GroupState, Meaning, commands};
use crate::node::NodeName;
use crate::setting::{FileSystemKind, Instance};
use crate::step::GroupCondition;

impl Evidence<'_> {
    /// Each instance's group, as far as somebody in the cluster has answered.
    pub(super) fn judge_groups(
        &self,
        asked: Option<&Seen>,
        instances: &[InstanceStanding],
        verdict: &mut Verdict,
    ) {
        let is_elsewhere = !self.elsewhere.is_empty();
        let Some(asked) = asked.filter(|_| self.past.begun || is_elsewhere) else { return };

        for (instance, of) in instances.iter().zip(&self.settings.instances) {
            // Data is in danger: it comes before what follows from it.
            self.judge_holders(instance, verdict);

            // Everything was asked beforehand: what is missing is not known, and no error.
            let condition = GroupCondition::read(asked, &of.resource_group).unwrap_or_default();
            let remedy = condition.remedy().map(|remedy| self.guide.remedy(remedy));
            for odd in condition.odd() {
                verdict.add(odd, || match &remedy {
                    Some(remedy) => Next::of_remedy(remedy, |instance| {
                        format!("{} {instance}", self.commands.of("service restart"))
                    }),
                    None => self.out_of_pending(&condition),
                });
            }
            self.judge_instance(instance, of, verdict);
        }
    }

    /// The way out of a state that should pass: whoever has waited long enough stops what the
    /// cluster does with the group.
    fn out_of_pending(&self, condition: &GroupCondition) -> Next {
        let pending = |state: &str| GroupState::parse(state).meaning() == Meaning::Moving;
        let status = self.commands.of("status");
        match condition.states.iter().find(|(_, state)| pending(state)) {
            Some((node, _)) => {
                let quiesce = commands::quiesce(&condition.group).line();
                let first = format!("wait some minutes; if it stays so, read {}", messages(node));
                Next::first(first)
                    .then_on(node, quiesce)
                    .then_on(node, commands::restart_group(&condition.group, node).line())
            }
            None => Next::first("wait a little").then(status),
        }
    }

    /// A group that is online on several nodes goes to one of them: where it serves, else the
    /// first.
    fn judge_holders(&self, instance: &InstanceStanding, verdict: &mut Verdict) {
        let group = &instance.group;
        let holders: Vec<&NodeName> = instance.holders().collect();
        let mounts = |node: &&NodeName| instance.mounted.get(*node) == Some(&Some(true));
        if let [first, _, ..] = holders[..] {
            let goal = holders.iter().copied().find(mounts).unwrap_or(first);
            verdict.add(format!("{group} is online on {} nodes", holders.len()), || {
                let switch = commands::switch_to(group, [goal]).line();
                Next::on(goal, switch).then(self.commands.of("verify"))
            });
        }
    }

    fn judge_instance(&self, instance: &InstanceStanding, of: &Instance, verdict: &mut Verdict) {
        let group = &instance.group;
        if instance.states.values().all(Option::is_none) {
            // What is not there yet is told with the steps.
            if self.past.is_whole() {
                verdict.add(format!("{group} is not there"), || self.forward());
            }
            return;
        }

        let holders: Vec<&NodeName> = instance.holders().collect();
        // A method that has failed leaves the file system where it was. One that is mounted in the
        // wrong place keeps the group down.
        if of.file_system.kind == FileSystemKind::Failover && !verdict.tells_of_group(group) {
            judge_mounts(instance, &of.hasp_resource, &holders, verdict);
        }
        match holders.len() {
            0 if verdict.tells_of_group(group) => {}
            0 => verdict.add(format!("{group} is online on no node"), || self.started(of)),
            _ => {}
        }

        for resource in &instance.resources {
            let is_held = holders.contains(&&resource.node);
            self.judge_resource(resource, of, is_held, verdict);
        }
    }

    /// What starts a service that is not up. What a run has not brought up yet, or has taken down,
    /// is its affair.
    fn started(&self, of: &Instance) -> Next {
        if self.past.is_unfinished() {
            return self.forward();
        }
        let words = self.commands.of("service start");
        let several = self.settings.instances.len() > 1;
        Next::typed(if several { format!("{words} {}", of.name) } else { words })
    }

    /// `is_held`: whether its group is up on its node.
    fn judge_resource(
        &self,
        resource: &ResourceStanding,
        of: &Instance,
        is_held: bool,
        verdict: &mut Verdict,
    ) {
        let ResourceStanding { name, node, .. } = resource;
        if resource.enabled.is_none() && self.past.is_unfinished() {
            // What is not there yet is told with the steps.
            return;
        }

        if resource.enabled != Some(true) {
            let (what, way) = match resource.enabled {
                Some(_) => (format!("{name} is disabled"), self.started(of)),
                None => (format!("{name} is not there"), self.forward()),
            };
            if !verdict.problems.contains(&what) {
                verdict.add(what, || way);
            }
            return;
        }

        if is_held && !resource.is_up() && !verdict.tells_of(name, node) {
            let state = resource.state.as_deref().unwrap_or("in an unknown state");
            verdict.add(format!("{name} is {state} on {node}"), || {
                if self.past.is_unfinished() {
                    return self.forward();
                }
                let restart = commands::restart_group(&of.resource_group, node).line();
                Next::first(format!("read {}", messages(node))).then_on(node, restart)
            });
        }
    }
}

fn messages(node: &NodeName) -> String {
    format!("/var/adm/messages on {node}")
}
