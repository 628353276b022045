//! Tells what an undo is going to do: its steps with what is sent and to whom, what each file will
//! be, what stays, and who is cut off. It only looks; `undo` carries it out.

use super::propose::{Looks, Undoes};
use crate::engine::{Engine, Event, Stop, Summary};
use crate::journal::{OpKey, RunCommand};
use crate::step::ACCOUNTS;

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
            let Undoes { ops, .. } = self.undoes(std::slice::from_ref(key), Looks::Files)?;
            let commands = ops.iter().flat_map(|proposed| {
                let commands = proposed.op.commands().into_iter();
                commands.map(|command| (proposed.node.clone(), command))
            });
            let diffs = ops.iter().filter_map(|p| Some((p.node.clone(), p.diff.clone()?)));
            if let Some(known) = steps.iter_mut().find(|s| s.id == key.step) {
                known.nodes.extend(node.filter(|n| !known.nodes.contains(n)));
                known.commands.extend(commands);
                known.diffs.extend(diffs);
                continue;
            }

            let step = self.guide.step(&key.step);
            steps.push(Summary {
                id: key.step.clone(),
                title: step.map_or_else(|| key.step.clone(), |s| s.title.clone()),
                section: step.map_or_else(String::new, |s| s.undone_by().to_string()),
                nodes: node.into_iter().collect(),
                todo: true,
                commands: commands.collect(),
                diffs: diffs.collect(),
            });
        }
        for step in &mut steps {
            step.todo = !(step.commands.is_empty() && step.diffs.is_empty());
        }

        let history = self.history_with_what_is_left()?;
        let mut leftovers = if whole { history.leftovers() } else { history.leftovers_of(keys) };
        // What else is installed has the same accounts.
        leftovers.retain(|(_, leftover)| whole || leftover.what != ACCOUNTS);
        let outages = self.outages_of(keys)?;
        self.sink.tell(&Event::Announced { command, steps, leftovers, outages });
        Ok(())
    }
}
