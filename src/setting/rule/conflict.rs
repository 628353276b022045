//! A value that does not go with another one, as a problem.

use crate::problem::{Problem, codes};
use crate::setting::Evaluation;

/// A value to which something else belongs that is not there yet: the same as a conflict, except
/// for somebody who is still being asked.
pub fn incomplete(values: &Evaluation, key: &str, what: &str, remedy: &str) -> Problem {
    Problem { code: codes::SETTING_INCOMPLETE.into(), ..conflict(values, key, what, remedy) }
}

/// A value that is fine alone and does not go with another one.
pub fn conflict(values: &Evaluation, key: &str, what: &str, remedy: &str) -> Problem {
    let problem = Problem::new(codes::SETTING_CONFLICT, format!("{key} {what}")).hint(remedy);
    Problem { place: values.place(key), ..problem }
}
