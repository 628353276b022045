//! Answers for a run that nobody watches. What the command line has not agreed to stays unanswered
//! and ends the run; nothing is assumed.

use crate::engine::{Prompt, Question, Reply};
use crate::node::{Command, NodeName};
use crate::op::OpId;

/// Nobody is there: what the command line has not answered has no answer.
pub struct Unattended {
    /// `--yes`: the changes are agreed to.
    pub yes: bool,
}

impl Prompt for Unattended {
    fn consent(&mut self, _: &str) -> Reply {
        if self.yes { Reply::Yes } else { Reply::Nobody }
    }

    fn accept(&mut self, _: &Question) -> Reply {
        Reply::Nobody
    }

    fn attends(&self) -> bool {
        false
    }

    fn operator(&mut self, _: &OpId, _: &NodeName, _: Option<&Command>, _: &str) -> Reply {
        Reply::Nobody
    }
}
