//! The values of one instance, as the rules look at them. What must hold between them is for each
//! rule.

use super::conflict::conflict;
use crate::node::NodePath;
use crate::problem::Problem;
use crate::setting::Evaluation;

/// The values of one instance.
#[derive(Clone, Copy)]
pub struct InstanceValues<'a> {
    pub values: &'a Evaluation,
    pub instance: &'a str,
}

impl<'a> InstanceValues<'a> {
    pub fn key(&self, name: &str) -> String {
        format!("instance.{}.{name}", self.instance)
    }

    pub fn text(&self, name: &str) -> Option<&'a str> {
        self.values.text(&self.key(name))
    }

    pub fn path(&self, name: &str) -> Option<NodePath> {
        NodePath::new(self.text(name)?).ok()
    }

    /// Which of two settings to name in a conflict: the later one, unless only the earlier one was
    /// given by somebody.
    pub fn blame<'n>(&self, earlier: &'n str, later: &'n str) -> &'n str {
        if self.is_given(earlier) && !self.is_given(later) { earlier } else { later }
    }

    pub fn is_given(&self, name: &str) -> bool {
        self.values.get(&self.key(name)).is_some_and(|answer| answer.origin.is_given())
    }

    pub fn conflict(&self, name: &str, what: &str, remedy: &str) -> Problem {
        conflict(self.values, &self.key(name), what, remedy)
    }
}
