//! Where an operation is undone now, and why one is not.

use crate::engine::{Engine, Stop, stopped};
use crate::journal::{Entry, OpKey};
use crate::node::NodeName;
use crate::step::Place;

impl Engine<'_> {
    /// The node that is told to undo it; nothing where its file system is mounted nowhere.
    pub(super) fn node_of(&self, key: &OpKey, entry: &Entry) -> Result<Option<NodeName>, Stop> {
        match &key.place {
            Place::Node(node) => Ok(Some(node.clone())),
            Place::Cluster => {
                // Any member will do; the one that knows of it is asked first.
                let mut members = entry.node.iter().chain(self.guide.members.iter());
                Ok(members.find(|n| self.fleet.has(n)).cloned())
            }
            Place::Holding(mount) => {
                let expected = entry.node.as_ref();
                self.fleet
                    .look(|hosts| Self::holder(hosts, mount, expected))?
                    .map_err(|e| stopped(&key.step, expected, e))
            }
        }
    }

    /// Why an operation is not undone, where something speaks against it.
    pub(super) fn stays(&self, entry: &Entry) -> Option<String> {
        if entry.kept_once.iter().any(|step| self.journal.history().has_begun(step)) {
            return Some("what the vendor's program made still uses it".into());
        }
        entry.irreversible.clone()
    }
}
