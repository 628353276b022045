//! Undoes operations: announces them, asks, looks before each, and notes what was taken back and
//! what stays. The journal knows of each undo before its effect, and one that does not work ends
//! the run with the command to type next. Which operations these are is left to `way_back`.

use crate::engine::carry_out::not_mounted;
use crate::engine::engine::stopped;
use crate::engine::fleet::cache::in_rounds;
use crate::engine::{Answer, Engine, Event, Failure, Outcome, Question, Stop, Summary};
use crate::host::{Applied, Due, Host};
use crate::journal::{Entry, OpKey, Record, RunCommand, State, WayBack};
use crate::node::{Command, HostError, NodeName};
use crate::op::{Change, Op, OpId, Reality};
use crate::problem::{Problem, codes};
use crate::step::Place;

impl Engine<'_> {
    pub(in crate::engine) fn unwind_these(
        &mut self,
        command: RunCommand,
        keys: &[OpKey],
        way: WayBack,
    ) -> Result<(), Stop> {
        let whole = way == WayBack::Whole;
        self.announce_undo(command.clone(), keys, whole)?;
        self.ask_unreachable(keys)?;

        match self.prompt.consent("take these back?") {
            Answer::Yes => {}
            Answer::No => return Err(Stop::Declined),
            Answer::Interrupted => return Err(Stop::Interrupted),
            Answer::Nobody => return Err(Stop::Unanswered(vec![Question::consent()])),
        }

        self.begin(command, Some(way))?;
        self.lock(&Default::default())?;
        let before = self.changed;
        let result = self.take_all_back(keys, whole).map_err(|stop| self.having_seen(stop));
        if result.is_err() || !whole {
            self.unlock();
        }
        result?;

        let changed = self.changed - before;
        let summary = format!("{changed} operations taken back");
        self.sink.tell(&Event::Ended { changed, summary });
        Ok(())
    }

    fn announce_undo(
        &mut self,
        command: RunCommand,
        keys: &[OpKey],
        whole: bool,
    ) -> Result<(), Stop> {
        let mut steps: Vec<Summary> = Vec::new();
        for key in keys {
            let node = self.journal.history().entries.get(key).and_then(|e| e.node.clone());
            if let Some(known) = steps.iter_mut().find(|s| s.id == key.step) {
                known.nodes.extend(node.filter(|n| !known.nodes.contains(n)));
                continue;
            }

            let step = self.guide.step(&key.step);
            steps.push(Summary {
                id: key.step.clone(),
                title: step.map_or_else(|| key.step.clone(), |s| s.title.clone()),
                section: step.map_or_else(String::new, |s| s.cite.to_string()),
                nodes: node.into_iter().collect(),
                todo: true,
            });
        }

        let history = self.journal.history();
        let leftovers = if whole { history.leftovers() } else { history.leftovers_of(keys) };
        let outages = self.outages_of(keys)?;
        self.sink.tell(&Event::Announced { command, steps, leftovers, outages });
        Ok(())
    }

    fn take_all_back(&mut self, keys: &[OpKey], whole: bool) -> Result<(), Stop> {
        for key in keys {
            if (self.interrupted)() {
                return Err(Stop::Interrupted);
            }
            self.take_back_somewhere(key)?;
        }
        if whole {
            // What calha keeps on a node that is down can only be removed when it is back.
            if let Some(down) = self.down.first() {
                return self.host(&down.clone()).map(drop);
            }
            let at = self.journal.now();
            self.journal.append(Record::Closed { at })?;
            self.finish_closing()?;
        }
        Ok(())
    }

    /// After the journal is closed: calha's own directory on the nodes goes, and the journal is put
    /// away.
    pub(in crate::engine) fn finish_closing(&mut self) -> Result<(), Stop> {
        for (node, host) in &self.hosts {
            host.remove_record().map_err(|e| stopped("closing", node, e))?;
        }
        Ok(self.journal.archive()?)
    }

    /// Takes one operation back; what belongs to the cluster on another member, when the one that
    /// was asked has died.
    fn take_back_somewhere(&mut self, key: &OpKey) -> Result<(), Stop> {
        let guide = self.guide;
        loop {
            match (self.take_back(key), guide.step(&key.step)) {
                (Err(Stop::Unreachable(lost)), Some(step))
                    if self.goes_on_without(step, &lost)? => {}
                (result, _) => return result,
            }
        }
    }

    /// Takes one operation back, if it is ours and can be.
    pub(in crate::engine) fn take_back(&mut self, key: &OpKey) -> Result<(), Stop> {
        let Some(entry) = self.journal.history().entries.get(key).cloned() else { return Ok(()) };
        let there = self.node_of(key, &entry)?;
        // What has no undo needs no file system to be mounted for it.
        let last = || entry.node.clone().filter(|_| entry.undo.is_empty());
        let Some(node) = there.or_else(last) else { return self.leave_unreachable(key, &entry) };
        let host = self.host(&node)?;
        let began = entry.node.clone().unwrap_or_else(|| node.clone());

        // On a node that is down nothing is at work any more.
        if entry.kind == "run"
            && matches!(entry.state, State::Intent | State::Failed)
            && !self.down.contains(&began)
        {
            let id = OpId { step: key.step.clone(), node: began.clone(), number: key.number };
            // The longest that anything may take; its own limit is the profile's affair and may
            // have changed.
            self.host(&began)?.wait(&id, 7200).map_err(|e| stopped(&key.step, &began, e))?;
        }

        if entry.kept_once.iter().any(|step| self.journal.history().has_begun(step)) {
            return self.undone(
                key,
                &node,
                Some("it stays: what a vendor's program made belongs to it".into()),
            );
        }
        if let Some(because) = entry.irreversible.clone() {
            return self.undone(key, &node, Some(because));
        }
        if entry.undo.is_empty() {
            return self.undone(key, &node, None);
        }

        let now = self.journal.now();
        self.journal.append(Record::UndoIntent { key: key.clone(), at: now })?;
        let undo = match self.with_full_names(key, &entry, host)? {
            Ok(undo) => undo,
            Err(left) => return self.undone(key, &node, Some(left)),
        };

        for (number, op) in undo.iter().enumerate() {
            let id = OpId {
                step: format!("undo-{}-{}", key.step, key.number),
                node: node.clone(),
                number: number as u32 + 1,
            };
            if let Some(left) = self.undo_one(key, &entry, host, &id, op)? {
                return self.undone(key, &node, Some(left));
            }
        }
        self.undone(key, &node, None)
    }

    /// One operation of an undo; what stays when it must.
    fn undo_one(
        &mut self,
        key: &OpKey,
        entry: &Entry,
        host: &dyn Host,
        id: &OpId,
        op: &Op,
    ) -> Result<Option<String>, Stop> {
        let reality = self.reality(id, op)?;
        // A run that was killed may have left something beside the file: then it is sent even if
        // its effect is there.
        let settled = entry.state == State::Done && !matches!(op, Op::Edit { .. });

        match &reality {
            Reality::Differs { found } => {
                let left = self.leave_changed(key, id, found)?;
                if let Some(rest) = self.as_it_was(host, op)? {
                    self.undo_one(key, entry, host, id, &rest)?;
                }
                return Ok(left);
            }
            Reality::Present if settled || matches!(op, Op::Run(_)) => return Ok(None),
            Reality::Present | Reality::Absent => {}
        }

        // Somebody mounted it by hand, or it would be gone by now.
        if let Op::Rmdir { path } = op
            && host.mounted(path).map_err(|e| stopped(&id.step, &id.node, e))?
        {
            let umount = Command::new("/usr/sbin/umount", [path.as_str()]).line();
            return self.stuck(key, format!("{path} is mounted"), umount).map(|()| None);
        }

        self.show_what_stays(key, host, op)?;
        self.sink.tell(&Event::OpBegins {
            attended: op.is_attended(),
            step: key.step.clone(),
            node: id.node.clone(),
            number: id.number,
            commands: op.commands(),
            diff: None,
        });

        self.known.forget();
        let share = match &key.place {
            Place::Holding(mount) => vec![mount.clone()],
            Place::Node(_) | Place::Cluster => Vec::new(),
        };
        let due = Due::unseen(id, op).on_share(share);
        match host.apply(&due).map_err(|e| stopped(&id.step, &id.node, e))? {
            Applied::Done | Applied::Already => Ok(None),
            Applied::Differs { found } => self.leave_changed(key, id, &found),
            // It is still to be taken back, and is looked for again the next time.
            Applied::Withheld { unmounted } => Err(self.undo_withheld(key, id, op, &unmounted)),
            Applied::Failed { status, tail } => {
                let condition = self.condition(&id.node, op);
                // Of a group that does not rest the reason is another.
                if let Some(reason) = entry.may_stay.as_ref().filter(|_| condition.odd().is_empty())
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
        }
    }

    /// Notes that an undo did not work, and what to type next, and ends the run.
    fn stuck(&mut self, key: &OpKey, why: String, next: String) -> Result<(), Stop> {
        let at = self.journal.now();
        self.journal.append(Record::Stuck { key: key.clone(), why, next, at })?;
        self.refuse_stuck()
    }

    /// What of an edit can be taken back where somebody has changed another entry of it.
    fn as_it_was(&self, host: &dyn Host, op: &Op) -> Result<Option<Op>, Stop> {
        let Op::Edit { path, format, changes, .. } = op else { return Ok(None) };
        let bytes = match host.read(path) {
            Ok(bytes) => bytes,
            Err(HostError::Io { .. }) => return Ok(None),
            Err(other) => return Err(stopped("undo", host.name(), other)),
        };
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

    fn undo_withheld(&self, key: &OpKey, id: &OpId, op: &Op, unmounted: &str) -> Stop {
        let step = self.guide.step(&key.step);
        Stop::Failed(Box::new(Failure {
            step: key.step.clone(),
            title: step.map_or_else(|| key.to_string(), |s| s.title.clone()),
            section: step.map_or_else(String::new, |s| s.cite.to_string()),
            node: id.node.clone(),
            commands: op.commands(),
            status: None,
            tail: not_mounted(unmounted),
            taken_back: false,
            seen: self.all_odd(),
            remedy: None,
        }))
    }

    /// An edit that is taken back later keeps what others wrote since, and says so.
    fn show_what_stays(&mut self, key: &OpKey, host: &dyn Host, op: &Op) -> Result<(), Stop> {
        let Op::Edit { path, changes, undoes: Some(stem), .. } = op else { return Ok(()) };
        let before = self.guide.record.join(&format!("{stem}.before"));
        let (Ok(now), Ok(before)) = (host.read(path), host.read(&before)) else { return Ok(()) };
        let after = crate::op::effect::edit(&now, changes);
        let rest = crate::document::diff(&before, &after, path.as_str());
        if !rest.is_empty() {
            let what =
                format!("{path} was changed since it was edited; these changes stay:\n{rest}");
            let problem = Problem::new(codes::EDIT_CHANGED_SINCE, what).on(host.name().as_str());
            self.sink.tell(&Event::Notice { step: key.step.clone(), problem });
        }
        Ok(())
    }

    fn node_of(&self, key: &OpKey, entry: &Entry) -> Result<Option<NodeName>, Stop> {
        match &key.place {
            Place::Node(node) => Ok(Some(node.clone())),
            Place::Cluster => {
                // Any member will do; the one that knows of it is asked first.
                let mut members = entry.node.iter().chain(self.guide.members.iter());
                Ok(members.find(|n| self.hosts.contains_key(*n)).cloned())
            }
            Place::Holding(mount) => {
                let expected = entry.node.clone().unwrap_or_else(|| NodeName(String::new()));
                in_rounds(&self.hosts, |hosts| Self::holder(hosts, mount, &expected))?
                    .map_err(|e| stopped(&key.step, &expected, e))
            }
        }
    }

    fn leave_changed(
        &mut self,
        key: &OpKey,
        id: &OpId,
        found: &str,
    ) -> Result<Option<String>, Stop> {
        self.ask(Question {
            code: codes::DRIFT.of(&key.step),
            step: key.step.clone(),
            node: id.node.clone(),
            what: format!("{key} was done, and someone has changed it since"),
            found: found.to_owned(),
            accepting: "leaves what is there".into(),
        })?;
        Ok(Some(format!("changed by someone: {found}")))
    }

    pub(in crate::engine) fn undone(
        &mut self,
        key: &OpKey,
        node: &NodeName,
        left: Option<String>,
    ) -> Result<(), Stop> {
        let at = self.journal.now();
        self.journal.append(Record::Undone { key: key.clone(), left: left.clone(), at })?;
        // What stays was not taken back.
        self.changed += usize::from(left.is_none());
        let outcome = if left.is_some() { Outcome::Left } else { Outcome::TakenBack };
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
