//! What must not be so at a moment of an installation, as data. A guard has one definition and two
//! readings: calha asks it over a session as a look of its step, and a printed script asks it in
//! the shell. What takes more than checks to find out is left to a `Look`.

use super::{Doubt, Look, LookContext, Seen, When, query};
use crate::node::{Command, HostError, Inspect, NodeName};
use crate::op::Check;
use crate::problem::{Code, Problem};

/// A state of a node or of the cluster in which nothing is begun, neither by calha itself nor by a
/// printed script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guard {
    pub code: Code,
    pub asked: Asked,
    pub when: When,
    pub weight: Weight,
    /// Whether it is of no interest any more once the step has begun: what stands there then is
    /// ours.
    pub only_fresh: bool,
    /// Holds in that state.
    pub wrong: Check,
    /// What is so then, in a sentence.
    pub what: String,
    /// It is asked only while this holds.
    pub only: Check,
    /// What shows what stands there instead.
    pub found: Found,
    /// What is told where it is asked and not so; nothing where that goes without saying.
    pub proved: String,
    /// What to do about it.
    pub hint: String,
    pub section: &'static str,
}

/// Whose answer counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Each of these nodes has an answer of its own.
    Each(Vec<NodeName>),
    /// All of these say the same: the first that can be reached is asked.
    Any(Vec<NodeName>),
}

/// What shows what a guard has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    Nothing,
    /// The last line that it prints.
    Command(Command),
    /// What the check itself looked at.
    Evidence,
}

/// What it is to a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Nothing is begun; of a proof: the step has failed.
    Stops,
    /// Somebody who knows has to say whether it may be so.
    Asks,
    /// A look of the step says more of it, or asks somebody. A printed script stops, or
    /// asks where the code is a question's.
    Look,
    /// It is said.
    Says,
}

impl Guard {
    /// One that stops a run before its first change.
    pub fn new(code: Code, asked: Asked, wrong: Check, what: impl Into<String>) -> Self {
        Self {
            code,
            asked,
            when: When::Early,
            weight: Weight::Stops,
            only_fresh: false,
            wrong,
            what: what.into(),
            only: Check::Always,
            found: Found::Nothing,
            proved: String::new(),
            hint: String::new(),
            section: "",
        }
    }

    /// The same, with what to do about it and where that is explained.
    pub fn hint(self, hint: impl Into<String>, section: &'static str) -> Self {
        Self { hint: hint.into(), section, ..self }
    }

    /// The same, showing what this command prints.
    pub fn showing(self, found: Command) -> Self {
        Self { found: Found::Command(found), ..self }
    }

    /// The same, showing what its check looked at.
    pub fn evident(self) -> Self {
        Self { found: Found::Evidence, ..self }
    }

    /// The same, asked only while this holds.
    pub fn only_while(self, only: Check) -> Self {
        Self { only, ..self }
    }

    /// The same, telling this where it is not so.
    pub fn proving(self, proved: impl Into<String>) -> Self {
        Self { proved: proved.into(), ..self }
    }

    /// The same, for as long as nothing of its step has begun.
    pub fn only_fresh(self) -> Self {
        Self { only_fresh: true, ..self }
    }

    /// The same at another moment.
    pub fn when(self, when: When) -> Self {
        Self { when, ..self }
    }

    /// The same with another weight.
    pub fn weighing(self, weight: Weight) -> Self {
        Self { weight, ..self }
    }

    /// Whether this node's answer is wanted.
    pub fn concerns(&self, node: &NodeName) -> bool {
        match &self.asked {
            Asked::Each(nodes) | Asked::Any(nodes) => nodes.contains(node),
        }
    }

    /// The look by which calha asks these.
    pub(super) fn look(guards: Vec<Self>) -> Look {
        Box::new(move |at| {
            let mut seen = Seen::default();
            for guard in guards.iter().filter(|guard| guard.weight != Weight::Look) {
                guard.ask(at, &mut seen)?;
            }
            Ok(seen)
        })
    }

    fn ask(&self, at: &LookContext<'_>, seen: &mut Seen) -> Result<(), HostError> {
        if self.only_fresh && at.begun {
            return Ok(());
        }
        let (nodes, most) = match &self.asked {
            Asked::Each(nodes) => (nodes, nodes.len()),
            Asked::Any(nodes) => (nodes, 1),
        };
        let hosts = nodes.iter().filter_map(|node| Some((node, *at.hosts.get(node)?)));

        for (node, host) in hosts.filter(|(n, _)| at.node.is_none_or(|o| o == *n)).take(most) {
            if !self.only.holds(host)? {
                continue;
            }
            if !self.wrong.holds(host)? {
                if !self.proved.is_empty() {
                    seen.facts.push(format!("{node}: {}", self.proved));
                }
                continue;
            }
            let found = self.found(host)?;
            match self.weight {
                Weight::Asks => seen.doubts.push(Doubt {
                    code: self.code,
                    node: node.clone(),
                    what: self.what.clone(),
                    found: found.unwrap_or_else(|| "nothing more is known".into()),
                }),
                Weight::Says => seen.notices.push(self.problem(found).on(node.as_str())),
                Weight::Stops | Weight::Look => {
                    seen.problems.push(self.problem(found).on(node.as_str()));
                }
            }
        }
        Ok(())
    }

    fn found(&self, host: &dyn Inspect) -> Result<Option<String>, HostError> {
        Ok(match &self.found {
            Found::Nothing => None,
            Found::Command(command) => query::last_line(host, command)?,
            Found::Evidence => self.wrong.evidence(host)?.filter(|found| !found.is_empty()),
        })
    }

    fn problem(&self, found: Option<String>) -> Problem {
        let what = match found {
            Some(found) => format!("{}: {found}", self.what),
            None => self.what.clone(),
        };
        Problem::new(self.code, what).hint(self.hint.as_str()).section(self.section)
    }
}
