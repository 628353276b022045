//! What is wrong, and the way out of the most urgent of it: of what comes first.

use super::next::Next;
use crate::node::NodeName;

/// What is wrong, and what the most urgent of it asks for.
#[derive(Default)]
pub struct Verdict {
    pub problems: Vec<String>,
    pub next: Option<Next>,
}

impl Verdict {
    /// Whether something is said of the resource on the node.
    pub fn tells_of(&self, resource: &str, node: &NodeName) -> bool {
        let is_it = |problem: &String| {
            problem.contains(&format!("{resource} is ")) && problem.ends_with(&format!("on {node}"))
        };
        self.problems.iter().any(is_it)
    }

    /// Whether something is said of the group.
    pub fn tells_of_group(&self, group: &str) -> bool {
        self.problems.iter().any(|problem| problem.starts_with(&format!("group {group} is ")))
    }

    pub fn add(&mut self, problem: String, next: impl FnOnce() -> Next) {
        self.problems.push(problem);
        self.next.get_or_insert_with(next);
    }
}
