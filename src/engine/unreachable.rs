//! What is to be undone on a shared file system that is mounted nowhere: asked before anything
//! is removed, with the commands that bring it within reach as the cluster stands now. Only a human
//! can say whether it is to stay there.

use super::reach::{Reach, Service};
use super::stopped;
use super::{Engine, Question, Stop};
use crate::guide::Placement;
use crate::journal::{Entry, OpKey};
use crate::node::{HostError, NodePath};
use crate::problem::codes;
use crate::step::{Place, Views};

impl Engine<'_> {
    /// Asks about every file system that these are on and that is mounted nowhere.
    pub(super) fn ask_unreachable(&mut self, keys: &[OpKey]) -> Result<(), Stop> {
        let mut places: Vec<(NodePath, Vec<&OpKey>)> = Vec::new();
        for key in keys {
            let Place::Holding(mount) = &key.place else { continue };
            let entry = self.journal.history().entries.get(key);
            if entry.is_none_or(|entry| entry.undo.is_empty()) || self.was_left(key) {
                continue;
            }
            match places.iter_mut().find(|(at, _)| at == mount) {
                Some((_, all)) => all.push(key),
                None => places.push((mount.clone(), vec![key])),
            }
        }

        let mut questions = Vec::new();
        for (mount, keys) in places {
            let of = self.placement_of(keys[0], &mount);
            let question = self
                .fleet
                .look(|hosts| {
                    if Self::holder(hosts, &mount, None)?.is_some() {
                        return Ok(None);
                    }
                    of.map(|of| question(of, &mount, &keys, hosts)).transpose()
                })?
                .map_err(|e| stopped(&keys[0].step, None, e))?;
            questions.extend(question.map(|question| (mount, question)));
        }
        let (mounts, questions): (Vec<_>, Vec<_>) = questions.into_iter().unzip();
        self.ask_all(questions)?;
        self.left_behind.extend(mounts.into_iter().map(Place::Holding));
        Ok(())
    }

    /// What was accepted to stay, or is found out of reach only now.
    pub(super) fn leave_unreachable(&mut self, key: &OpKey, entry: &Entry) -> Result<(), Stop> {
        let known = entry.node.as_ref().or_else(|| self.guide.members.first());
        let Some(node) = known.cloned() else { return Ok(()) };
        if !self.left_behind.contains(&key.place) && !self.was_left(key) {
            self.ask_unreachable(std::slice::from_ref(key))?;
        }
        self.undone(key, &node, Some(left_at(&key.place)))
    }

    /// Whether something of the same file system was left there: who leaves the block leaves the
    /// copies beside it.
    fn was_left(&self, key: &OpKey) -> bool {
        let left = left_at(&key.place);
        let entries = &self.journal.history().entries;
        entries.iter().any(|(k, e)| k.place == key.place && e.left.as_ref() == Some(&left))
    }

    fn placement_of(&self, key: &OpKey, mount: &NodePath) -> Option<&Placement> {
        let step = self.guide.step(&key.step);
        let mut all = self.guide.placements.iter();
        all.find(|of| match step {
            Some(step) => of.instance == step.id.instance,
            None => of.mounts.contains(mount),
        })
        .or_else(|| self.guide.placements.first())
    }
}

fn left_at(place: &Place) -> String {
    match place {
        Place::Holding(mount) => format!("{mount} was mounted nowhere"),
        Place::Node(_) | Place::Cluster => format!("{place} was mounted nowhere"),
    }
}

fn question(
    of: &Placement,
    mount: &NodePath,
    keys: &[&OpKey],
    hosts: &Views<'_>,
) -> Result<Question, HostError> {
    let mut steps: Vec<&str> = keys.iter().map(|key| key.step.as_str()).collect();
    steps.dedup();

    let reach = Reach::of(of, mount, hosts, Service::Disabled)?;
    let node = reach.as_ref().map_or(&of.nodes[0], |reach| &reach.node);
    let by_hand = reach.as_ref().is_some_and(Reach::is_by_hand);
    let commands = reach.iter().flat_map(|reach| &reach.commands);
    let typed: Vec<String> = commands.map(|command| format!("\n    {command}")).collect();

    Ok(Question {
        code: codes::UNREACHABLE.of(&keys[0].step),
        step: Some(keys[0].step.clone()),
        node: Some(node.clone()),
        what: format!(
            "{mount} is mounted on no node, and {} is to be undone there; \
            nothing was removed yet",
            steps.join(", ")
        ),
        found: format!("{mount} is not mounted"),
        remedy: None,
        accepting: format!(
            "leaves it there for good. To reach it instead, type on {node}:{}\n  and then \
            the same command again{}",
            typed.concat(),
            if by_hand { "; it says when to unmount it" } else { "" }
        ),
    })
}
