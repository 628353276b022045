use std::collections::BTreeMap;

use crate::host::{Host, HostError, NodeName};
use crate::problem::Problem;

/// The hosts of an installation by name; one that cannot be reached, or has no connection, is missing.
pub type Hosts<'a> = BTreeMap<NodeName, &'a dyn Host>;

/// What a look found: facts to show, and problems that keep the step from being done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Sentences for people, as proof: "/cal is mounted on Node1".
    pub facts: Vec<String>,
    /// Anything here blocks.
    pub problems: Vec<Problem>,
    /// Said, but not in the way.
    pub notices: Vec<Problem>,
}

impl Seen {
    /// Adds what another look found.
    pub fn and(&mut self, other: Self) {
        self.facts.extend(other.facts);
        self.problems.extend(other.problems);
        self.notices.extend(other.notices);
    }
}

/// Reads hosts and says what it found; `begun` is whether an operation of the step has begun before (then what stands there is ours).
///
/// `only` is the host the step is about, when it is about one.
pub type Look =
    Box<dyn Fn(&Hosts<'_>, Option<&NodeName>, bool) -> Result<Seen, HostError> + Send + Sync>;
