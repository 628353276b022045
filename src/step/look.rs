//! What a step asks its hosts beyond the reality of its operations, and what such a look can
//! find. It gets hosts that it can only inspect. The moment is `When`'s, and what a finding
//! stops is the engine's affair.

use std::collections::BTreeMap;

use crate::host::Host;
use crate::node::{HostError, Inspect, NodeName};
use crate::problem::{Code, Problem};

/// The hosts of an installation by name; one that cannot be reached, or has no connection, is
/// missing.
pub type Hosts<'a> = BTreeMap<NodeName, &'a dyn Host>;

/// The same as whoever only looks gets them.
pub type Views<'a> = BTreeMap<NodeName, &'a dyn Inspect>;

/// Hosts for whoever only looks.
pub fn views<'a>(hosts: &Hosts<'a>) -> Views<'a> {
    hosts.iter().map(|(name, host)| (name.clone(), *host as &dyn Inspect)).collect()
}

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

    /// Without what has been told, which this adds to: two instances look at one vfstab.
    pub fn unsaid(mut self, told: &mut Vec<Problem>) -> Self {
        for problems in [&mut self.problems, &mut self.notices] {
            problems.retain(|problem| !told.contains(problem));
            told.extend(problems.iter().cloned());
        }
        self
    }
}

/// Reads hosts and says what it found; `begun` is whether an operation of the step has begun before
/// (then what stands there is ours).
///
/// `only` is the host the step is about, when it is about one.
pub type Look =
    Box<dyn Fn(&Views<'_>, Option<&NodeName>, bool) -> Result<Seen, HostError> + Send + Sync>;
