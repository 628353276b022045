//! The raw answers of one installation, merged from profile, `--set`, prompts and nodes. Nothing is
//! judged here: an answer that could not be read is remembered as broken, so that it is reported
//! once and never also as missing. Defaults are added by `evaluate`.

use std::collections::{BTreeMap, BTreeSet};

use super::{Answer, Origin, Value};
use crate::problem::Problem;

/// So many problems are listed of one profile: whoever has mended them looks again, and telling all
/// of them may take longer than anybody waits.
pub const MOST_PROBLEMS: usize = 100;

/// The answers of one installation, from however many places, and what was wrong with them where
/// they were read.
///
/// A later answer to the same key replaces an earlier one, so layers are put on in the order
/// profile, `--set`. Defaults are not answers: they are worked out when all answers are known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answers {
    answers: BTreeMap<String, Answer>,
    /// Instance names in the order they were first seen.
    instances: Vec<String>,
    /// Keys whose answer was given but could not be read: they are wrong, not missing.
    broken: BTreeSet<String>,
    problems: Vec<Problem>,
    /// Nothing further can be said about answers that could not even be parsed.
    unreadable: bool,
    /// The profile, for messages about what it lacks.
    file: Option<String>,
}

impl Answers {
    /// No answers at all.
    pub fn new() -> Self {
        Self::default()
    }

    /// No answers yet, to be read from the profile `file`.
    pub fn from_file(file: impl Into<String>) -> Self {
        Self { file: Some(file.into()), ..Self::default() }
    }

    /// Takes an answer, whatever was answered before.
    pub fn insert(&mut self, key: impl Into<String>, value: Value, origin: Origin) {
        let key = key.into();
        self.broken.remove(&key);
        if let Some(name) = instance_of(&key) {
            self.add_instance(name);
        }
        self.answers.insert(key, Answer { value, origin });
    }

    /// Notes that an instance is described, even if nothing is said about it.
    pub fn add_instance(&mut self, name: &str) {
        if !self.instances.iter().any(|known| known == name) {
            self.instances.push(name.to_string());
        }
    }

    /// Takes an instance away, with every answer about it.
    pub fn remove_instance(&mut self, name: &str) {
        self.instances.retain(|known| known != name);
        self.answers.retain(|key, _| instance_of(key) != Some(name));
    }

    /// Puts `upper` on top: its answers win, its problems are added.
    pub fn layer(mut self, upper: Self) -> Self {
        for name in &upper.instances {
            self.add_instance(name);
        }
        for (key, answer) in upper.answers {
            self.insert(key, answer.value, answer.origin);
        }
        self.broken.extend(upper.broken);
        self.problems.extend(upper.problems);
        self.unreadable |= upper.unreadable;
        self.file = self.file.or(upper.file);
        self
    }

    /// The answer to `key`.
    pub fn get(&self, key: &str) -> Option<&Answer> {
        self.answers.get(key)
    }

    /// Takes the answer to `key` away.
    pub fn remove(&mut self, key: &str) -> Option<Answer> {
        self.answers.remove(key)
    }

    /// All answers, by key.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Answer)> {
        self.answers.iter().map(|(key, answer)| (key.as_str(), answer))
    }

    /// Instance names in the order they were first seen.
    pub fn instances(&self) -> &[String] {
        &self.instances
    }

    /// Adds what was wrong where the answers were read.
    pub fn add_problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Whether so much is wrong that nothing further is looked at.
    pub fn is_full(&self) -> bool {
        self.problems.len() >= MOST_PROBLEMS
    }

    /// Notes that `key`, or everything in the table `key`, was answered in a way that could not be
    /// read, so that it is not reported missing as well.
    pub fn mark_broken(&mut self, key: impl Into<String>) {
        self.broken.insert(key.into());
    }

    /// Notes that the source could not be parsed, so that nothing is said about what it seems to
    /// lack.
    pub fn mark_unreadable(&mut self) {
        self.unreadable = true;
    }

    /// Whether `key`, or a table that it is in, was answered in a way that could not be read.
    pub fn is_broken(&self, key: &str) -> bool {
        let tables = key.match_indices('.').map(|(end, _)| &key[..end]);
        tables.chain([key]).any(|part| self.broken.contains(part))
    }

    /// Whether the source could not be parsed.
    pub fn is_unreadable(&self) -> bool {
        self.unreadable
    }

    /// What was wrong where the answers were read.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The profile that the answers were read from.
    pub fn file(&self) -> Option<&str> {
        self.file.as_deref()
    }
}

/// The name in a key of an instance; one that can be no name stands there in quotes, dots and all.
fn instance_of(key: &str) -> Option<&str> {
    Some(key.strip_prefix("instance.")?.rsplit_once('.')?.0)
}
