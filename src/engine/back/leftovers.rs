//! What operations have left for good, before they are undone. One that was done has left what it
//! declares. Of one that never came to its end the nodes are asked: it may have left nothing, and
//! then nobody is told to remove it. What cannot be asked counts as left.

use crate::engine::{Engine, Stop};
use crate::journal::{Entry, History, OpKey};
use crate::node::{Entry as There, NodeName, NodePath};
use crate::step::{Scope, Views};

/// What is on every node, and says nothing of who changed it.
const EVERYWHERE: [&str; 2] = ["/etc", "/var/sadm"];

impl Engine<'_> {
    /// The journal as it is, without the leftovers of operations that have left nothing.
    ///
    /// # Errors
    /// A node that is lost.
    pub fn history_with_what_is_left(&self) -> Result<History, Stop> {
        let mut history = self.journal.history().clone();
        let is_doubtful =
            |entry: &Entry| entry.began && entry.ended_at.is_none() && !entry.leaves.is_empty();
        for (key, entry) in history.entries.iter_mut().filter(|(_, entry)| is_doubtful(entry)) {
            let Some(node) = entry.node.clone() else { continue };
            let is_nowhere = self.look(|hosts| self.is_nowhere(key, entry, &node, hosts))?;
            if is_nowhere {
                entry.leaves.clear();
            }
        }
        Ok(history)
    }

    /// Whether nothing is there of what only this operation makes.
    fn is_nowhere(&self, key: &OpKey, entry: &Entry, node: &NodeName, hosts: &Views<'_>) -> bool {
        let Some(host) = hosts.get(node) else { return false };
        let everywhere = EVERYWHERE.map(|path| NodePath::new(path).expect("a fixed path"));
        let is_own = |path: &&NodePath| !everywhere.iter().any(|of| path.is_within(of));
        let own: Vec<&NodePath> = entry.leaves.iter().map(|l| &l.path).filter(is_own).collect();

        let shared = match self.guide.step(&key.step).map(|step| &step.scope) {
            Some(Scope::Holding { mount, .. }) => Some(mount),
            _ => None,
        };
        // What is on a disk that is mounted elsewhere is not seen here.
        let is_seen = |path: &NodePath| match shared.filter(|mount| path.is_within(mount)) {
            Some(mount) => host.mounted(mount) == Ok(true),
            None => true,
        };
        let is_missing = |path: &NodePath| host.stat(path) == Ok(There::Missing);
        !own.is_empty() && own.into_iter().all(|path| is_seen(path) && is_missing(path))
    }
}
