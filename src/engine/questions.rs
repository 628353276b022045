//! Questions of a run, and problems that may be accepted beforehand. A question that was accepted
//! is put once in a run, and one that is the same on several nodes is one. How it is put is left to
//! the `Prompt`.

use super::{During, Engine, Event, Question, Reply, Stop};
use crate::node::NodeName;
use crate::problem::{Problem, can_be_accepted};

impl Engine<'_> {
    /// Whether the work may begin.
    ///
    /// # Errors
    /// That nobody says so, or somebody does not want it.
    pub(super) fn need_consent(&mut self, what: &str) -> Result<(), Stop> {
        if self.options.preview {
            return Err(Stop::Declined);
        }
        match self.person().consent(what) {
            Reply::Yes => Ok(()),
            Reply::No => Err(Stop::Declined),
            Reply::Interrupted => Err(Stop::Interrupted),
            Reply::Nobody => Err(Stop::Unanswered(vec![Question::consent()])),
        }
    }

    /// Puts a question; `Ok` when it is accepted, now or earlier in this run.
    pub(super) fn ask(&mut self, question: Question) -> Result<(), Stop> {
        self.ask_of_all(vec![question])
    }

    /// The same for a question that is the same on several nodes: it is put once.
    pub(super) fn ask_of_all(&mut self, mut questions: Vec<Question>) -> Result<(), Stop> {
        questions.retain(|question| !self.accepted.contains(question));
        let Some(first) = questions.first() else { return Ok(()) };
        let nodes: Vec<&str> =
            questions.iter().filter_map(|q| q.node.as_ref()).map(NodeName::as_str).collect();
        let all = (!nodes.is_empty()).then(|| NodeName(nodes.join(" and ")));
        let put = Question { node: all, ..first.clone() };

        let beforehand = self.options.accept.contains(&put.code);
        let (accepted, asked) = match beforehand {
            true => (true, false),
            false => match self.person().accept(&put) {
                Reply::Yes => (true, true),
                Reply::No => (false, true),
                Reply::Nobody => (false, false),
                Reply::Interrupted => return Err(Stop::Interrupted),
            },
        };

        for question in &questions {
            self.sink.tell(&Event::Question { question: question.clone(), accepted, asked });
        }

        if !accepted {
            return Err(Stop::Unanswered(questions));
        }
        self.accepted.extend(questions);
        Ok(())
    }

    pub(super) fn ask_all(&mut self, questions: Vec<Question>) -> Result<(), Stop> {
        // What is the same on several nodes is one question.
        let mut groups: Vec<Vec<Question>> = Vec::new();
        for question in questions {
            match groups.iter_mut().find(|group| group[0].is_but_for_its_node(&question)) {
                Some(group) => group.push(question),
                None => groups.push(vec![question]),
            }
        }
        let mut open = Vec::new();
        for group in groups {
            if let Err(stop) = self.ask_of_all(group) {
                match stop {
                    Stop::Unanswered(more) => open.extend(more),
                    other => return Err(other),
                }
            }
        }
        if open.is_empty() { Ok(()) } else { Err(Stop::Unanswered(open)) }
    }

    /// The same beside settings that nobody chose: whoever answers later answers all of it.
    pub(super) fn ask_besides(
        &mut self,
        mut open: Vec<Question>,
        questions: Vec<Question>,
    ) -> Result<(), Stop> {
        for question in &open {
            self.sink.tell(&Event::Question {
                question: question.clone(),
                accepted: false,
                asked: false,
            });
        }
        match self.ask_all(questions) {
            Err(Stop::Unanswered(more)) => open.extend(more),
            other => other?,
        }
        if open.is_empty() { Ok(()) } else { Err(Stop::Unanswered(open)) }
    }

    /// Tells problems; those whose codes are accepted beforehand are said and do not count.
    pub(super) fn tell_problems<'s>(
        &mut self,
        during: impl Into<During<'s>>,
        problems: Vec<Problem>,
    ) -> Vec<Problem> {
        let step = during.into().to_string();
        let mut left = Vec::new();
        for problem in problems {
            let problem = self.once_begun(&step, self.with_way_out(problem));
            if self.options.accept.contains(&problem.code) && can_be_accepted(&problem.code) {
                self.sink.tell(&Event::Notice { step: step.clone(), problem });
            } else {
                self.sink.tell(&Event::Problem { step: step.clone(), problem: problem.clone() });
                left.push(problem);
            }
        }
        left
    }

    /// A problem of a step. Where that has begun a way out that changes settings starts with
    /// undoing what was done with the old ones, which is what somebody wants last.
    pub(super) fn once_begun(&self, step: &str, mut problem: Problem) -> Problem {
        let entries = &self.journal.history().entries;
        if !entries.iter().any(|(key, entry)| key.step == step && entry.is_open()) {
            return problem;
        }
        let Some(mut ways) = problem.ways.take() else { return problem };
        let back = self.commands().back_from(step);
        ways.sort_by_key(|way| way.is_in_profile);
        problem.choice(ways.map(|way| way.once_begun(&back)))
    }
}
