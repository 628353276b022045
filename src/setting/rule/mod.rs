//! What must hold between settings. A rule says nothing about a setting that has no valid value.

mod apart;
mod devices;
mod directories;
mod mounts;
mod names;
mod nodes;
mod programs;
mod roots;

use super::Evaluation;
use crate::problem::{Problem, codes};

/// Everything that does not go together.
pub fn all(values: &Evaluation) -> Vec<Problem> {
    let mut problems = [
        nodes::check(values),
        programs::check(values),
        names::across(values),
        apart::check(values),
    ]
    .concat();
    for instance in values.instances() {
        let of = Of { values, instance };
        for check in [roots::check, mounts::check, devices::check, directories::check, names::check]
        {
            problems.extend(check(&of));
        }
    }
    problems
}

/// The values of one instance.
#[derive(Clone, Copy)]
struct Of<'a> {
    values: &'a Evaluation,
    instance: &'a str,
}

impl<'a> Of<'a> {
    fn key(&self, name: &str) -> String {
        format!("instance.{}.{name}", self.instance)
    }

    fn text(&self, name: &str) -> Option<&'a str> {
        self.values.text(&self.key(name))
    }

    fn path(&self, name: &str) -> Option<crate::node::NodePath> {
        crate::node::NodePath::new(self.text(name)?).ok()
    }

    /// Which of two settings to name in a conflict: the later one, unless only the earlier one was
    /// given by somebody.
    fn blame<'n>(&self, earlier: &'n str, later: &'n str) -> &'n str {
        if self.is_given(earlier) && !self.is_given(later) { earlier } else { later }
    }

    fn is_given(&self, name: &str) -> bool {
        self.values.get(&self.key(name)).is_some_and(|answer| answer.origin.is_given())
    }

    fn conflict(&self, name: &str, what: &str, remedy: &str) -> Problem {
        conflict(self.values, &self.key(name), what, remedy)
    }
}

/// A value to which something else belongs that is not there yet: the same as a conflict, except
/// for somebody who is still being asked.
fn incomplete(values: &Evaluation, key: &str, what: &str, remedy: &str) -> Problem {
    Problem { code: codes::SETTING_INCOMPLETE.into(), ..conflict(values, key, what, remedy) }
}

/// A value that is fine alone and does not go with another one.
fn conflict(values: &Evaluation, key: &str, what: &str, remedy: &str) -> Problem {
    let problem = Problem::new(codes::SETTING_CONFLICT, format!("{key} {what}")).hint(remedy);
    Problem { place: values.place(key), ..problem }
}
