//! What the records of a journal say, taken in one by one: the state of every operation, the runs,
//! the settings and answers. A record that no run of calha writes at that place is refused, and the
//! history stays as it was. It knows no bytes (`Journal` does) and no node: reality may have moved
//! on since.

use std::collections::{BTreeMap, BTreeSet};

use super::{OpKey, Record, Run, State, StepChoice, UndoScope};
use crate::node::{NodeName, NodePath};
use crate::op::{Leftover, Op};

/// What the journal knows of one operation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    pub state: State,
    /// The node that it last ran on.
    pub node: Option<NodeName>,
    /// The place of its last intent in the journal; undoing goes from the highest to the lowest.
    pub seq: usize,
    /// Digest of the operation as it was begun or adopted.
    pub digest: String,
    /// The operation as it was begun, sums in place of texts.
    pub op: serde_json::Value,
    /// Whether an intent was ever written: what it made is ours.
    pub began: bool,
    pub undo: Vec<Op>,
    pub may_stay: Option<String>,
    pub when_stuck: Option<String>,
    pub kept_once: Vec<String>,
    pub irreversible: Option<String>,
    pub leaves: Vec<Leftover>,
    /// What its undo left, why it has failed, or why it is stuck and what to type next.
    pub left: Option<String>,
    pub why: Option<String>,
    pub next: Option<String>,
    /// The code under which it was accepted as it is.
    pub waived: Option<String>,
    /// When it was begun and when it was done, the last time.
    pub began_at: Option<String>,
    pub ended_at: Option<String>,
}

impl Entry {
    /// Whether it is a command, which may be at work when its run has ended.
    pub fn is_command(&self) -> bool {
        self.op.get("op").is_some_and(|kind| kind == "run")
    }

    /// Whether it began and has not been undone. What was left and found again later is there
    /// for good.
    pub fn is_open(&self) -> bool {
        self.began && !matches!(self.state, State::Undone | State::Adopted)
    }
}

/// The journal, read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    pub entries: BTreeMap<OpKey, Entry>,
    pub cluster: String,
    pub profile: String,
    /// In their order.
    pub runs: Vec<Run>,
    /// What the latest run undoes; absent: it goes forward, or an older calha wrote it.
    pub undo: Option<UndoScope>,
    /// Whether anything was undone by that run, or those that it goes on with.
    pub has_undone: bool,
    /// Which steps the latest run was to do.
    pub chosen: StepChoice,
    /// Settings of the latest run, and their digest.
    pub values: BTreeMap<String, String>,
    pub digest: String,
    /// Codes that were accepted beforehand, in any run.
    pub accepted: BTreeSet<String>,
    /// Codes of what looks could not judge, with what was found when somebody accepted it.
    pub judged: BTreeSet<(String, String)>,
    /// Settings that the profile leaves open, as somebody chose them in any run.
    pub answered: BTreeMap<String, String>,
    pub closed: bool,
    records: usize,
}

/// A history, or those of its entries that records are about, before these were taken in.
pub(super) enum Before {
    Whole(Box<History>),
    Entries { entries: Vec<(OpKey, Option<Entry>)>, records: usize },
}

impl History {
    /// What these records will change, as it is. A journal is as long as an installation, and a
    /// record is about one operation: a copy of the whole for each took a third of a run's time.
    pub(super) fn before(&self, records: &[Record]) -> Before {
        let entry = |record: &Record| {
            let key = record.key()?;
            Some((key.clone(), self.entries.get(key).cloned()))
        };
        match records.iter().map(entry).collect() {
            Some(entries) => Before::Entries { entries, records: self.records },
            None => Before::Whole(Box::new(self.clone())),
        }
    }

    /// Forgets records that could not be written.
    pub(super) fn put_back(&mut self, before: Before) {
        match before {
            Before::Whole(history) => *self = *history,
            Before::Entries { entries, records } => {
                self.records = records;
                // The first copy of an entry is the oldest, so it comes last.
                for (key, entry) in entries.into_iter().rev() {
                    match entry {
                        Some(entry) => self.entries.insert(key, entry),
                        None => self.entries.remove(&key),
                    };
                }
            }
        }
    }

    /// Takes in the next record.
    ///
    /// # Errors
    /// Why no run of calha writes it there.
    pub fn take(&mut self, record: &Record) -> Result<(), String> {
        self.check(record)?;
        self.records += 1;

        match record {
            Record::Header { cluster, profile, .. } => {
                self.cluster.clone_from(cluster);
                self.profile.clone_from(profile);
            }
            Record::Run { command, by, at, digest, values, accepted, answered, undo, chosen } => {
                self.answered.extend(answered.clone());
                // Whoever goes on with an undo has what was undone before.
                self.has_undone &= self.undo == *undo;
                self.undo.clone_from(undo);
                self.chosen.clone_from(chosen);
                self.accepted.extend(accepted.iter().cloned());
                let (command, by, at) = (command.clone(), by.clone(), at.clone());
                self.runs.push(Run { command, by, at });
                self.values.clone_from(values);
                self.digest.clone_from(digest);
            }
            Record::Accepted { code, found, .. } => {
                self.judged.insert((code.clone(), found.clone()));
            }
            Record::Closed { .. } => self.closed = true,
            about => self.take_operation(about),
        }
        Ok(())
    }

    /// Whether the record may be the next.
    ///
    /// # Errors
    /// Why no run of calha writes it there.
    pub fn check(&self, record: &Record) -> Result<(), String> {
        if self.closed {
            return Err("it follows the end of a closed journal".into());
        }
        if (self.records == 0) != matches!(record, Record::Header { .. }) {
            return Err("a journal begins with its header, once".into());
        }
        match record.key() {
            Some(key) if self.state(key).after(record).is_none() => {
                Err(format!("{key} was {}", self.state(key)))
            }
            _ => Ok(()),
        }
    }

    fn take_operation(&mut self, record: &Record) {
        let Some(key) = record.key() else { return };
        let seq = self.records;
        let entry = self.entries.entry(key.clone()).or_default();
        entry.state = entry.state.after(record).unwrap_or(entry.state);
        self.has_undone |= matches!(record, Record::UndoIntent { .. } | Record::Undone { .. });

        match record {
            Record::Intent {
                node,
                op,
                digest,
                undo,
                may_stay,
                when_stuck,
                kept_once,
                irreversible,
                leaves,
                at,
                ..
            } => {
                (entry.began_at, entry.ended_at) = (Some(at.clone()), None);
                entry.node = Some(node.clone());
                entry.seq = seq;
                entry.digest.clone_from(digest);
                entry.op.clone_from(op);
                entry.began = true;
                entry.undo.clone_from(undo);
                entry.may_stay.clone_from(may_stay);
                entry.when_stuck.clone_from(when_stuck);
                entry.kept_once.clone_from(kept_once);
                entry.irreversible.clone_from(irreversible);
                entry.leaves.clone_from(leaves);
            }

            Record::Adopted { node, digest, leaves, .. } => {
                entry.node = Some(node.clone());
                entry.digest.clone_from(digest);
                entry.leaves.clone_from(leaves);
            }

            Record::Waived { node, code, .. } => {
                entry.node.get_or_insert_with(|| node.clone());
                entry.waived = Some(code.clone());
            }

            Record::Done { at, .. } => entry.ended_at = Some(at.clone()),
            Record::Failed { why, .. } => entry.why.clone_from(why),
            Record::Undone { left, .. } => entry.left.clone_from(left),

            Record::Stuck { why, next, .. } => {
                entry.why = Some(why.clone());
                entry.next = Some(next.clone());
            }

            _ => {}
        }
    }

    /// State of an operation.
    pub fn state(&self, key: &OpKey) -> State {
        self.entries.get(key).map_or(State::Never, |e| e.state)
    }

    /// Whether an operation of the step ever began here.
    pub fn has_begun(&self, step: &str) -> bool {
        self.entries.iter().any(|(key, e)| key.step == step && e.began)
    }

    /// Whether this operation began and has not been undone.
    pub fn is_open(&self, key: &OpKey) -> bool {
        self.entries.get(key).is_some_and(Entry::is_open)
    }

    /// Whether any operation began that has not been undone.
    pub fn is_underway(&self) -> bool {
        self.entries.values().any(Entry::is_open)
    }

    /// Operations that have to be undone, the last begun first.
    pub fn to_undo(&self) -> Vec<OpKey> {
        let mut all: Vec<_> = self.entries.iter().filter(|(_, e)| e.is_open()).collect();
        all.sort_by_key(|(_, e)| std::cmp::Reverse(e.seq));
        all.into_iter().map(|(key, _)| key.clone()).collect()
    }

    /// Operations in this state.
    pub fn in_state(&self, state: State) -> Vec<(&OpKey, &Entry)> {
        self.entries.iter().filter(|(_, e)| e.state == state).collect()
    }

    /// What irreversible operations of this installation, or of one before it, leave behind.
    pub fn leftovers(&self) -> Vec<(NodeName, Leftover)> {
        self.leftovers_of(&self.entries.keys().cloned().collect::<Vec<_>>())
    }

    /// The same of these only.
    pub fn leftovers_of(&self, keys: &[OpKey]) -> Vec<(NodeName, Leftover)> {
        let mut all = Vec::new();
        let entries = keys.iter().filter_map(|key| self.entries.get(key));
        for entry in entries {
            let Some(node) = &entry.node else { continue };
            let stays = entry.leaves.iter().filter(|left| !self.unlinks(node, &left.path));
            all.extend(stays.map(|left| (node.clone(), left.clone())));
        }
        all
    }

    /// Whether undoing another operation takes a link away there, whoever made it again meanwhile.
    fn unlinks(&self, node: &NodeName, path: &NodePath) -> bool {
        let is_gone = |entry: &&Entry| {
            entry.began && entry.left.is_none() && entry.node.as_ref() == Some(node)
        };
        let undo = self.entries.values().filter(is_gone).flat_map(|entry| &entry.undo);
        undo.into_iter().any(|op| matches!(op, Op::Unlink { path: link, .. } if link == path))
    }

    /// Whether nothing is written yet.
    pub fn is_empty(&self) -> bool {
        self.records == 0
    }
}
