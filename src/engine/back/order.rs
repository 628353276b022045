//! Which operations are undone, in which order, and how one that was cut off is gone on with.
//!
//! What stands on a step is undone with it and before it: the guide's order says what that is,
//! since a step only ever needs earlier ones. When something was begun says nothing: what was put
//! back late stands under the rest too.

use super::instance::keys_of_instance;
use crate::engine::{Engine, Event, Stop};
use crate::journal::{OpKey, RunCommand, UndoScope};
use crate::problem::{Problem, codes};
use crate::step::{Step, StepId};

impl Engine<'_> {
    /// Undoes what this journal says is ours, the last first; with `from` only that step and
    /// what follows it.
    ///
    /// # Errors
    /// Why it did not come to its end; it can be called again.
    pub fn undo(&mut self, command: RunCommand, from: Option<&str>) -> Result<(), Stop> {
        if self.journal.history().is_empty() {
            let elsewhere = self.elsewhere()?;
            if !elsewhere.is_empty() {
                return Err(Stop::Blocked(elsewhere));
            }
            let never = self.commands().of.never_begun();
            return self.end(0, never);
        }
        if self.journal.history().closed {
            if !self.options.preview {
                self.finish_closing()?;
            }
            return self.end(0, "everything was undone before");
        }

        let way = from.map_or(UndoScope::Whole, |step| UndoScope::From { step: step.to_owned() });
        let keys = self.keys_of(&way)?;
        if let (Some(step), true) = (from, keys.is_empty()) {
            let what = format!("nothing of {step} or of what follows it has begun");
            let hint = format!("see which steps have: {}", self.commands().status());
            return Err(Stop::Blocked(vec![Problem::new(codes::STEP_NOT_BEGUN, what).hint(hint)]));
        }
        self.undo_these(command, &keys, way)
    }

    /// Undoes these steps only, whatever followed them: for a file that has to be as it was.
    ///
    /// # Errors
    /// As [`Engine::undo`].
    pub fn undo_steps(&mut self, command: RunCommand, steps: &[String]) -> Result<(), Stop> {
        let way = UndoScope::Steps { steps: steps.to_vec() };
        let keys = self.keys_of(&way)?;
        if keys.is_empty() {
            return self.end(0, "nothing of this was done from here, or it was undone before");
        }
        self.tell_dangers(&keys);
        self.undo_these(command, &keys, way)
    }

    /// What goes wrong later when these go and what stands on them stays.
    fn tell_dangers(&mut self, keys: &[OpKey]) {
        let goes = |id: &StepId| keys.iter().any(|key| key.step == *id);
        let open = self.journal.history().to_undo();
        let mut standing: Vec<&str> = Vec::new();
        for step in self.guide.steps.iter().filter(|step| goes(&step.id)) {
            let on_it = |s: &&Step| s.needs.contains(&step.id) && !goes(&s.id);
            let stands = |s: &Step| open.iter().any(|key| key.step == s.id);
            let above = self.guide.steps.iter().filter(on_it).filter(|s| stands(s));
            standing.extend(above.map(|s| s.id.as_str()));
            let Some(what) = step.endangers.as_ref().filter(|_| !standing.is_empty()) else {
                continue;
            };
            let install = self.commands().forward();
            let depend = if standing.len() == 1 { "depends" } else { "depend" };
            let hint = format!("{} {depend} on it; to put it back: {install}", standing.join(", "));
            let problem = Problem::new(codes::RESTORE_ENDANGERS, what.clone()).hint(hint);
            self.sink.tell(&Event::Notice { step: step.id.to_string(), problem });
            standing.clear();
        }
    }

    /// Goes on where the last run ended. An undo that was cut off is gone to its end as what it
    /// was, and ends there; anything else goes forward, and so does what follows an undo of some
    /// steps that has ended.
    ///
    /// # Errors
    /// As [`Engine::install`] and [`Engine::undo`]; `resume.unclear` where an older calha did not
    /// write what it undid.
    pub fn resume(&mut self) -> Result<(), Stop> {
        if self.journal.has_ended()? {
            // To begin anew is not to go on: somebody who repeats the last command of an
            // uninstallation does not want the installation back.
            let again = self.commands().forward();
            let summary =
                format!("nothing to go on with: the last run ended; {again} starts again");
            return self.end(0, &summary);
        }

        let history = self.journal.history();
        let Some(command) = history.runs.last().map(|run| run.command.clone()) else {
            return self.install(RunCommand::Resume);
        };
        let Some(way) =
            history.undo.clone().map_or_else(|| self.of_older(&command), |w| Ok(Some(w)))?
        else {
            return self.install(RunCommand::Resume);
        };

        let left = !self.keys_of(&way)?.is_empty();
        match &way {
            UndoScope::Whole => self.undo(command, None),
            UndoScope::Instance { name } if left => self.undo_instance(command, name),
            UndoScope::Instance { name } => {
                self.forget_freed(name)?;
                let again = self.commands().forward();
                let summary = format!("{name} was undone; {again} installs it again");
                self.end(0, &summary)
            }
            UndoScope::Steps { steps } if left => self.undo_steps(command, steps),
            UndoScope::From { step } if left => self.undo(command, Some(step)),
            UndoScope::Steps { .. } | UndoScope::From { .. } => self.install(RunCommand::Resume),
        }
    }

    /// What a run of an older calha undid, which did not write it: only where it can have been
    /// one thing.
    fn of_older(&self, command: &RunCommand) -> Result<Option<UndoScope>, Stop> {
        let several = self.guide.steps.iter().any(|step| step.id.instance.is_some());
        match command {
            RunCommand::Uninstall if !several => Ok(Some(UndoScope::Whole)),
            RunCommand::Undo | RunCommand::Uninstall => {
                let what = format!(
                    "the last run was a {command} by an older calha, which did not write how far \
                     it was to go"
                );
                let (forward, undo) = (self.commands().forward(), self.commands().undo());
                let hint = format!("{forward} goes forward from here; {undo} undoes everything");
                Err(Stop::Blocked(vec![Problem::new(codes::RESUME_UNCLEAR, what).hint(hint)]))
            }
            _ => Ok(None),
        }
    }

    /// What of this is still to be undone, in its order.
    pub(in crate::engine) fn keys_of(&self, way: &UndoScope) -> Result<Vec<OpKey>, Stop> {
        let mut keys = self.to_undo();
        match way {
            UndoScope::Whole => {}
            UndoScope::From { step } => {
                let first = self.first_of_step(step)?;
                keys.retain(|key| self.rank(key) >= first);
            }
            UndoScope::Steps { steps } => keys.retain(|key| steps.contains(&key.step)),
            UndoScope::Instance { name } => {
                keys = keys_of_instance(self.guide, self.journal.history(), name, keys);
            }
        }
        Ok(keys)
    }

    /// The place of a step in the order: one that is in the guide, or that has begun.
    fn first_of_step(&self, step: &str) -> Result<usize, Stop> {
        if let Some(known) = self.guide.steps.iter().position(|s| s.id == *step) {
            return Ok(known);
        }
        let entries = &self.journal.history().entries;
        let begun = entries.iter().filter(|(key, entry)| key.step == step && entry.began);
        begun.map(|(key, _)| self.rank(key)).min().ok_or_else(|| {
            let what = format!("no operation of {step} has begun");
            let hint = format!("see which steps have: {}", self.commands().status());
            Stop::Blocked(vec![Problem::new(codes::STEP_NOT_BEGUN, what).hint(hint)])
        })
    }

    /// Everything that is ours, what stands on something before that.
    pub(in crate::engine) fn to_undo(&self) -> Vec<OpKey> {
        let mut keys = self.journal.history().to_undo();
        // The last begun first among those of one step; the sort keeps that.
        keys.sort_by_key(|key| std::cmp::Reverse(self.rank(key)));
        keys
    }

    /// The place of an operation's step in the guide. A step that the guide does not know comes
    /// behind those that had begun before it.
    fn rank(&self, key: &OpKey) -> usize {
        let at = |step: &str| self.guide.steps.iter().position(|s| s.id == *step);
        if let Some(known) = at(&key.step) {
            return known;
        }

        let entries = &self.journal.history().entries;
        let began = entries.get(key).map_or(0, |entry| entry.seq);
        let before = entries.iter().filter(|(_, entry)| entry.began && entry.seq < began);
        before.filter_map(|(key, _)| at(&key.step)).max().unwrap_or(0)
    }
}
