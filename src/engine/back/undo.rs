//! Undoes operations: has them announced, asks, looks before each, and notes what was undone and
//! what stays. The journal knows of each undo before its effect, and one that does not work ends
//! the run with the command to type next. Which operations these are is left to `order`.

use super::propose::undo_id;
use crate::cluster::commands;
use crate::engine::carry_out::not_mounted;
use crate::engine::{During, Engine, Event, Failure, Outcome, Question, Stop};
use crate::host::{Applied, Due};
use crate::journal::{Entry, OpKey, Record, RunCommand, State, UndoScope};
use crate::node::{Command, HostError, Inspect, NodeName};
use crate::op::{Change, Op, OpId, Reality, Run};
use crate::problem::{Problem, codes};
use crate::step::{GroupCondition, type_is_used};
use crate::text::counted;

/// An operation of an undo.
#[derive(Clone, Copy)]
struct Undoing<'u> {
    /// What is undone, and what the journal knows of it.
    key: &'u OpKey,
    entry: &'u Entry,
    /// Its own name on the node.
    id: &'u OpId,
    op: &'u Op,
}

impl Engine<'_> {
    pub(in crate::engine) fn undo_these(
        &mut self,
        command: RunCommand,
        keys: &[OpKey],
        way: UndoScope,
    ) -> Result<(), Stop> {
        let whole = way == UndoScope::Whole;
        self.announce_undo(command.clone(), keys, whole)?;
        self.ask_unreachable(keys)?;

        self.need_consent("undo these?")?;

        self.begin(command, Some(way))?;
        self.lock(&[])?;
        let before = self.changed;
        let result = self.undo_all(keys, whole).map_err(|stop| self.having_seen(stop));
        if result.is_err() || !whole {
            self.unlock();
        }
        result?;

        let changed = self.changed - before;
        let summary = format!("{} undone", counted(changed, "operation"));
        self.end(changed, &summary)
    }

    fn undo_all(&mut self, keys: &[OpKey], whole: bool) -> Result<(), Stop> {
        let steps: Vec<&[OpKey]> = keys.chunk_by(|a, b| a.step == b.step).collect();
        for (at, step) in steps.iter().enumerate() {
            self.tell_undo(at + 1, steps.len(), &step[0].step);
            self.agree_to_undo(step)?;
            for key in *step {
                if (self.interrupted)() {
                    return Err(Stop::Interrupted);
                }
                self.undo_somewhere(key)?;
            }
        }
        if whole {
            // What calha keeps on a node that is down can only be removed when it is back.
            if let Some(down) = self.fleet.down().first() {
                return self.fleet.reach(down);
            }
            let at = self.journal.now();
            self.journal.append(Record::Closed { at })?;
            self.finish_closing()?;
        }
        Ok(())
    }

    fn tell_undo(&mut self, number: usize, of: usize, id: &str) {
        let title = self.guide.step(id).map_or_else(|| id.to_owned(), |step| step.title.clone());
        self.sink.tell(&Event::UndoBegins { number, of, id: id.to_owned(), title });
    }

    /// After the journal is closed: calha's own directory on the nodes goes, and the journal is put
    /// away.
    pub(in crate::engine) fn finish_closing(&mut self) -> Result<(), Stop> {
        for node in self.fleet.nodes() {
            self.fleet.remove_record(node)?;
        }
        Ok(self.journal.archive()?)
    }

    /// Undoes one operation; what belongs to the cluster on another member, when the one that
    /// was asked has died.
    fn undo_somewhere(&mut self, key: &OpKey) -> Result<(), Stop> {
        let guide = self.guide;
        loop {
            match (self.undo_operation(key), guide.step(&key.step)) {
                (Err(Stop::Unreachable(lost)), Some(step))
                    if self.goes_on_without(step, &lost)? => {}
                (result, _) => return result,
            }
        }
    }

    /// Undoes one operation, if it is ours and can be.
    pub(in crate::engine) fn undo_operation(&mut self, key: &OpKey) -> Result<(), Stop> {
        let Some(entry) = self.journal.history().entries.get(key).cloned() else { return Ok(()) };
        let there = self.node_of(key, &entry)?;
        // What has no undo needs no file system to be mounted for it.
        let last = || entry.node.clone().filter(|_| entry.undo.is_empty());
        let Some(node) = there.or_else(last) else { return self.leave_unreachable(key, &entry) };
        self.fleet.reach(&node)?;
        self.settle_undo(key, &entry, &node)?;

        if let Some(because) = self.stays(&entry) {
            return self.undone(key, &node, Some(because));
        }
        if entry.undo.is_empty() {
            return self.undone(key, &node, None);
        }

        let now = self.journal.now();
        self.journal.append(Record::UndoIntent { key: key.clone(), at: now })?;
        let undo = match self.with_full_names(key, &entry, &node)? {
            Ok(undo) => undo,
            Err(left) => return self.undone(key, &node, Some(left)),
        };

        for (number, op) in undo.iter().enumerate() {
            let id = undo_id(key, &node, number);
            if let Some(left) = self.undo_one(&Undoing { key, entry: &entry, id: &id, op })? {
                return self.undone(key, &node, Some(left));
            }
        }
        self.undone(key, &node, None)
    }

    /// Waits for a command that may still be at work. On a node that is down nothing is.
    fn settle_undo(&self, key: &OpKey, entry: &Entry, node: &NodeName) -> Result<(), Stop> {
        let began = entry.node.clone().unwrap_or_else(|| node.clone());
        let is_open = matches!(entry.state, State::Intent | State::Failed);
        if !entry.is_command() || !is_open || self.fleet.down().contains(&began) {
            return Ok(());
        }
        let id = OpId { step: key.step.clone(), node: began, number: key.number };
        // The longest that anything may take; its own limit is the profile's affair and may have
        // changed.
        self.fleet.wait(&id, 7200)
    }

    /// One operation of an undo; what stays when it must.
    fn undo_one(&mut self, undoing: &Undoing<'_>) -> Result<Option<String>, Stop> {
        let Undoing { key, entry, id, op } = *undoing;
        let reality = self.reality(id, op)?;
        // A run that was killed may have left something beside the file: then it is sent even if
        // its effect is there.
        let is_settled = entry.state == State::Done && !matches!(op, Op::Edit { .. });

        match &reality {
            Reality::Differs { found } => {
                let left = self.leave_changed(key, id, found)?;
                // What somebody changed of it stays; the other entries of the edit are undone.
                let Some(rest) = self.as_it_was(id, op)? else { return Ok(left) };
                self.undo_one(&Undoing { op: &rest, ..*undoing })?;
                return Ok(left);
            }
            Reality::Present if is_settled || matches!(op, Op::Run(_)) => return Ok(None),
            Reality::Present | Reality::Absent => {}
        }

        // Somebody mounted it by hand, or it would be gone by now.
        if let Op::Rmdir { path } = op
            && self.fleet.look_at(&id.node, &id.step, |host| host.mounted(path))?
        {
            let umount = Command::new("/usr/sbin/umount", [path.as_str()]).line();
            return self.stuck(key, format!("{path} is mounted"), umount).map(|()| None);
        }

        self.show_what_stays(undoing)?;
        self.sink.tell(&Event::OpBegins {
            attended: op.is_attended(),
            step: key.step.clone(),
            node: id.node.clone(),
            number: id.number,
            commands: op.commands(),
            diff: None,
        });

        match self.fleet.send_one(&Due::unseen(id, op).on_share(key.share()))? {
            Applied::Done | Applied::Already => Ok(None),
            Applied::Differs { found } => self.leave_changed(key, id, &found),
            // It is still to be undone, and is looked for again the next time.
            Applied::Withheld { unmounted } => Err(self.undo_withheld(undoing, &unmounted)),
            Applied::Failed { status, tail } => self.undo_failed(undoing, status, &tail),
        }
    }

    /// What stays of an operation whose undo has failed; the end of the run where that is not
    /// expected.
    fn undo_failed(
        &mut self,
        &Undoing { key, entry, id, op }: &Undoing<'_>,
        status: Option<i32>,
        tail: &str,
    ) -> Result<Option<String>, Stop> {
        let condition = self.condition(&id.node, op);
        // Of a group that does not rest the reason is another.
        let may_stay = entry.may_stay.as_ref().filter(|_| condition.odd().is_empty());
        if let Some(reason) = may_stay
            && self.is_held(&id.node, op, &condition)
        {
            return Ok(Some(reason.clone()));
        }

        let command = op.commands().into_iter().next().unwrap_or_default();
        // A method that has failed fails again until somebody has cleared it.
        let next = match (condition.remedy(), &entry.when_stuck) {
            (Some(remedy), _) => remedy.commands.join("; "),
            (None, Some(command)) => command.clone(),
            (None, None) => command,
        };
        let status = status.map_or_else(String::new, |s| format!(" (status {s})"));
        let seen: String = condition.odd().iter().map(|odd| format!("; {odd}")).collect();
        let why = format!("{}{status} {}{seen}", op.kind(), tail.trim());
        self.stuck(key, why.trim().to_owned(), next).map(|()| None)
    }

    /// Whether others have a part in what did not go: of a group or a type the cluster knows that,
    /// and what fails for another reason is tried again.
    fn is_held(&self, node: &NodeName, op: &Op, condition: &GroupCondition) -> bool {
        let unregistered = match op {
            Op::Run(Run { command, .. }) => commands::unregisters(command),
            _ => None,
        };
        match unregistered {
            Some(name) => {
                let used = |host: &dyn Inspect| type_is_used(host, name);
                self.fleet.look_at(node, During::Looking, used).unwrap_or(false)
            }
            None => condition.group.is_empty() || !condition.resources.is_empty(),
        }
    }

    /// Notes that an undo did not work, and what to type next, and ends the run.
    fn stuck(&mut self, key: &OpKey, why: String, next: String) -> Result<(), Stop> {
        let at = self.journal.now();
        self.journal.append(Record::Stuck { key: key.clone(), why, next, at })?;
        self.refuse_stuck()
    }

    /// What of an edit can be undone where somebody has changed another entry of it.
    fn as_it_was(&self, id: &OpId, op: &Op) -> Result<Option<Op>, Stop> {
        let Op::Edit { path, format, changes, .. } = op else { return Ok(None) };
        let bytes = self.fleet.look_at(&id.node, &id.step, |host| match host.read(path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(HostError::Io { .. }) => Ok(None),
            Err(other) => Err(other),
        })?;
        let Some(bytes) = bytes else { return Ok(None) };

        let changes: Vec<Change> = changes
            .iter()
            .filter(|change| change.reality(&bytes) == Reality::Absent)
            .cloned()
            .collect();
        if changes.is_empty() {
            return Ok(None);
        }
        Ok(Some(Op::Edit { path: path.clone(), format: *format, changes, undoes: None }))
    }

    fn undo_withheld(&self, undoing: &Undoing<'_>, unmounted: &str) -> Stop {
        let Undoing { key, id, op, .. } = *undoing;
        let step = self.guide.step(&key.step);
        Stop::Failed(Box::new(Failure {
            step: key.step.clone(),
            title: step.map_or_else(|| key.to_string(), |s| format!("this undone: {}", s.title)),
            section: step.map_or_else(String::new, |s| s.undone_by().to_string()),
            node: id.node.clone(),
            commands: op.commands(),
            status: None,
            tail: not_mounted(unmounted),
            undone: false,
            seen: self.all_odd(),
            remedy: None,
        }))
    }

    /// An edit that is undone later keeps what others wrote since, and says so.
    fn show_what_stays(&mut self, undoing: &Undoing<'_>) -> Result<(), Stop> {
        let Undoing { key, id, op, .. } = *undoing;
        let Op::Edit { path, changes, undoes: Some(stem), .. } = op else { return Ok(()) };
        let before = self.guide.record.join(&format!("{stem}.before"));
        let read = |host: &dyn Inspect| Ok((host.read(path), host.read(&before)));
        let (Ok(now), Ok(before)) = self.fleet.look_at(&id.node, &id.step, read)? else {
            return Ok(());
        };
        let after = crate::op::effect::edit(&now, changes);
        let rest = crate::document::diff(&before, &after, path.as_str());
        if !rest.is_empty() {
            let what =
                format!("{path} was changed since it was edited; these changes stay:\n{rest}");
            let problem = Problem::new(codes::EDIT_CHANGED_SINCE, what).on(id.node.as_str());
            self.sink.tell(&Event::Notice { step: key.step.clone(), problem });
        }
        Ok(())
    }

    fn leave_changed(
        &mut self,
        key: &OpKey,
        id: &OpId,
        found: &str,
    ) -> Result<Option<String>, Stop> {
        self.ask(Question {
            code: codes::DRIFT.of(&key.step),
            step: Some(key.step.clone()),
            node: Some(id.node.clone()),
            what: format!("calha did {key}, and somebody has changed it since"),
            found: found.to_owned(),
            remedy: None,
            accepting: "leaves what is there".into(),
        })?;
        Ok(Some(format!("somebody has changed it: {found}")))
    }

    pub(in crate::engine) fn undone(
        &mut self,
        key: &OpKey,
        node: &NodeName,
        left: Option<String>,
    ) -> Result<(), Stop> {
        let at = self.journal.now();
        self.journal.append(Record::Undone { key: key.clone(), left: left.clone(), at })?;
        // What stays was not undone.
        self.changed += usize::from(left.is_none());
        let outcome = if left.is_some() { Outcome::Left } else { Outcome::Undone };
        self.sink.tell(&Event::OpEnds {
            step: key.step.clone(),
            node: node.clone(),
            number: key.number,
            outcome,
            detail: left,
            proof: None,
        });
        Ok(())
    }
}
