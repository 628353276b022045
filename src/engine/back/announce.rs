//! Tells what an undo is going to do: its steps with what is sent and to whom, what stays, and who
//! is cut off. It only looks; `undo` carries it out.

use crate::engine::{Engine, Event, Stop, Summary};
use crate::journal::{Entry, OpKey, RunCommand};
use crate::node::NodeName;
use crate::op::Op;

impl Engine<'_> {
    pub(super) fn announce_undo(
        &mut self,
        command: RunCommand,
        keys: &[OpKey],
        whole: bool,
    ) -> Result<(), Stop> {
        let mut steps: Vec<Summary> = Vec::new();
        for key in keys {
            let Some(entry) = self.journal.history().entries.get(key) else { continue };
            let node = self.node_of(key, entry)?.or_else(|| entry.node.clone());
            let commands = self.undoing(key, entry, node.as_ref())?;
            if let Some(known) = steps.iter_mut().find(|s| s.id == key.step) {
                known.nodes.extend(node.filter(|n| !known.nodes.contains(n)));
                known.commands.extend(commands);
                continue;
            }

            let step = self.guide.step(&key.step);
            steps.push(Summary {
                id: key.step.clone(),
                title: step.map_or_else(|| key.step.clone(), |s| s.title.clone()),
                section: step.map_or_else(String::new, |s| s.cite.to_string()),
                nodes: node.into_iter().collect(),
                todo: true,
                commands,
            });
        }

        let history = self.journal.history();
        let leftovers = if whole { history.leftovers() } else { history.leftovers_of(keys) };
        let outages = self.outages_of(keys)?;
        self.sink.tell(&Event::Announced { command, steps, leftovers, outages });
        Ok(())
    }

    /// What is sent to this node to undo an operation; nothing of one that stays.
    fn undoing(
        &self,
        key: &OpKey,
        entry: &Entry,
        node: Option<&NodeName>,
    ) -> Result<Vec<(NodeName, String)>, Stop> {
        let Some(node) = node.filter(|_| self.stays(entry).is_none()) else {
            return Ok(Vec::new());
        };

        // A node that is silent is asked about later.
        let undo = match self.fleet.has(node) {
            true => self.with_full_names(key, entry, node)?.unwrap_or_default(),
            false => entry.undo.clone(),
        };
        let commands = undo.iter().flat_map(Op::commands);
        Ok(commands.map(|command| (node.clone(), command)).collect())
    }
}
