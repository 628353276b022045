//! Undoes one instance of several, and everything on nodes that only it used. What another
//! instance needs stays, and goes with the last of them. The order is left to `order`, each undo
//! to `undo`.

use std::collections::BTreeSet;

use crate::engine::{Engine, Stop};
use crate::guide::Guide;
use crate::journal::{History, OpKey, RunCommand, UndoScope};
use crate::node::{NodeName, NodePath};
use crate::op::Op;
use crate::problem::{Problem, codes};
use crate::step::{Place, Role, Scope, Step};

impl Engine<'_> {
    /// Undoes one instance of several; nothing of the others is touched.
    ///
    /// # Errors
    /// As [`Engine::undo`]; `instance.unknown` and `instance.only` for an instance that cannot be
    /// taken away alone.
    pub fn undo_instance(&mut self, command: RunCommand, instance: &str) -> Result<(), Stop> {
        let instances: BTreeSet<&str> =
            self.guide.steps.iter().filter_map(|s| s.id.instance.as_deref()).collect();
        if instances.is_empty() {
            let problem =
                Problem::new(codes::INSTANCE_ONLY, "this installation has one instance only");
            return Err(Stop::Blocked(vec![problem.hint(format!(
                "{} undoes the whole installation",
                self.commands().of("uninstall")
            ))]));
        }
        if !instances.contains(instance) {
            let known: Vec<&str> = instances.into_iter().collect();
            let problem =
                Problem::new(codes::INSTANCE_UNKNOWN, format!("there is no instance {instance}"));
            return Err(Stop::Blocked(vec![
                problem.hint(format!("the instances are {}", known.join(", "))),
            ]));
        }
        let way = UndoScope::Instance { name: instance.to_owned() };
        let keys = self.keys_of(&way)?;
        self.undo_these(command, &keys, way)?;
        self.forget_freed(instance)
    }

    /// Nothing of this installation is left on nodes that only this instance used, so their record
    /// has nothing to say.
    pub(in crate::engine) fn forget_freed(&mut self, instance: &str) -> Result<(), Stop> {
        for node in &nodes_of_nobody_else(self.guide, instance) {
            self.fleet.remove_record(node)?;
        }
        Ok(())
    }
}

/// What goes with one instance, among these.
pub(in crate::engine) fn keys_of_instance(
    guide: &Guide,
    history: &History,
    instance: &str,
    mut keys: Vec<OpKey>,
) -> Vec<OpKey> {
    let freed = nodes_of_nobody_else(guide, instance);
    let shared = directories_of_others(guide, instance);
    let goes = |key: &OpKey| {
        // What belongs to the cluster or to the directory stays, whichever node it was done on.
        let on_freed = matches!(&key.place, Place::Node(node) if freed.contains(node));
        let of = guide.step(&key.step).and_then(|step| step.id.instance.as_deref());
        on_freed || of == Some(instance)
    };
    keys.retain(|key| goes(key) && !makes_one_of(history, key, &shared, &freed));
    keys
}

/// Nodes on which no other instance runs.
fn nodes_of_nobody_else(guide: &Guide, instance: &str) -> BTreeSet<NodeName> {
    let (mut own, mut others) = (BTreeSet::new(), BTreeSet::new());
    for step in &guide.steps {
        let Some(of) = step.id.instance.as_deref() else { continue };
        // Where it has a group, not where a cluster file system of its own is mounted as well.
        let on = match &step.scope {
            Scope::EachNode(_) if step.role != Role::Completes => continue,
            Scope::Member(nodes) => nodes.clone(),
            _ => step.nodes(),
        };
        if of == instance { own.extend(on) } else { others.extend(on) }
    }
    own.difference(&others).cloned().collect()
}

/// Directories in the paths of other instances.
fn directories_of_others(guide: &Guide, instance: &str) -> BTreeSet<(NodeName, NodePath)> {
    let mut all = BTreeSet::new();
    let is_other = |step: &&Step| step.id.instance.as_deref().is_some_and(|of| of != instance);
    for step in guide.steps.iter().filter(is_other) {
        for node in step.nodes() {
            for op in (step.ops)(&node) {
                if let Op::Mkdir { path, mount_point: true, .. } = op {
                    all.insert((node.clone(), path));
                }
            }
        }
    }
    all
}

/// Whether it made a directory that another instance needs: it stays, and goes with the last of
/// them.
fn makes_one_of(
    history: &History,
    key: &OpKey,
    shared: &BTreeSet<(NodeName, NodePath)>,
    freed: &BTreeSet<NodeName>,
) -> bool {
    let Some(entry) = history.entries.get(key) else { return false };
    let Some(node) = entry.node.as_ref().filter(|n| !freed.contains(*n)) else { return false };
    entry.undo.iter().any(
        |op| matches!(op, Op::Rmdir { path } if shared.contains(&(node.clone(), path.clone()))),
    )
}
