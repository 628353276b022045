//! What a step asks its hosts beyond the reality of its operations, and what such a look can
//! find. It gets hosts that it can only inspect. The moment is `When`'s, and what a finding
//! stops is the engine's affair.

use std::collections::BTreeMap;

use crate::node::{HostError, Inspect, NodeName};
use crate::problem::{Code, Problem};

/// The hosts of an installation by name, as whoever only looks gets them; one that cannot be
/// reached, or has no connection, is missing.
pub type Views<'a> = BTreeMap<NodeName, &'a dyn Inspect>;

/// What a look found: facts to show, and problems that keep the step from being done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Sentences for people, as proof: "/cal is mounted on Node1".
    pub facts: Vec<String>,
    /// Anything here blocks.
    pub problems: Vec<Problem>,
    /// Said, but not in the way.
    pub notices: Vec<Problem>,
    /// What calha cannot judge; a human can.
    pub doubts: Vec<Doubt>,
}

/// Something that may be in the way, or not: a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    pub code: Code,
    pub node: NodeName,
    pub what: String,
    pub found: String,
}

impl Seen {
    /// Adds what another look found.
    pub fn and(&mut self, other: Self) {
        self.facts.extend(other.facts);
        self.problems.extend(other.problems);
        self.notices.extend(other.notices);
        self.doubts.extend(other.doubts);
    }

    /// Without what has been told or asked, which this adds to: two instances look at one vfstab.
    pub fn unsaid(mut self, told: &mut Self) -> Self {
        for problems in [&mut self.problems, &mut self.notices] {
            problems.retain(|problem| !told.problems.contains(problem));
            told.problems.extend(problems.iter().cloned());
        }
        self.doubts.retain(|doubt| !told.doubts.contains(doubt));
        told.doubts.extend(self.doubts.iter().cloned());
        self
    }
}

/// What a look gets.
#[derive(Clone, Copy)]
pub struct LookContext<'l> {
    pub hosts: &'l Views<'l>,
    /// The node that the step is about, when it is about one.
    pub node: Option<&'l NodeName>,
    /// Whether an operation of the step has begun before: then what stands there is ours.
    pub begun: bool,
}

impl<'l> LookContext<'l> {
    /// On all hosts of the step.
    pub fn everywhere(hosts: &'l Views<'l>, begun: bool) -> Self {
        Self { hosts, node: None, begun }
    }

    /// On one node.
    pub fn on(hosts: &'l Views<'l>, node: &'l NodeName, begun: bool) -> Self {
        Self { hosts, node: Some(node), begun }
    }
}

/// Reads hosts and says what it found.
pub type Look = Box<dyn Fn(&LookContext<'_>) -> Result<Seen, HostError> + Send + Sync>;
