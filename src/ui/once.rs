//! Which problems stand on the screen already: none is shown a second time. Two that differ in
//! anything, as in their nodes, are two.

use crate::engine::Question;
use crate::problem::Problem;

/// Problems and questions that were shown.
#[derive(Default)]
pub struct Once {
    problems: Vec<Problem>,
    /// Code and text of each.
    questions: Vec<(String, String)>,
}

impl Once {
    /// Whether this problem is new; from now on it is not.
    pub fn is_new(&mut self, problem: &Problem) -> bool {
        let is_new = !self.problems.contains(problem);
        if is_new {
            self.problems.push(problem.clone());
        }
        is_new
    }

    /// Notes that a question was shown.
    pub fn put(&mut self, question: &Question) {
        self.questions.push((question.code.clone(), question.what.clone()));
    }

    /// Whether a problem or a question with this code says this.
    pub fn has(&self, code: &str, what: &str) -> bool {
        self.problems.iter().any(|p| p.code == code && p.what == what)
            || self.questions.iter().any(|(c, w)| c == code && w == what)
    }
}
