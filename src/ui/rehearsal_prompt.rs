//! Stands in for the administrator in a rehearsal: agrees to changes and does the handwork on the
//! simulated cluster. It never answers a question that accepts somebody else's work, so a rehearsal
//! finds those.

use std::io::IsTerminal;

use super::talk;
use crate::engine::{Prompt, Question, Reply};
use crate::lab::Disk;
use crate::node::{Command, NodeName};
use crate::op::OpId;
use crate::text::printable;

/// The operator of a rehearsal: agrees to everything and does the handwork on the simulated
/// cluster.
pub struct RehearsalPrompt {
    lab: Disk,
}

impl RehearsalPrompt {
    /// An operator for this lab.
    pub fn new(lab: Disk) -> Self {
        Self { lab }
    }

    /// Whether somebody is there whom a program can ask.
    pub fn is_somebody_there() -> bool {
        std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
    }
}

impl Prompt for RehearsalPrompt {
    fn consent(&mut self, _: &str) -> Reply {
        Reply::Yes
    }

    fn accept(&mut self, _: &Question) -> Reply {
        Reply::No
    }

    fn attends(&self) -> bool {
        Self::is_somebody_there()
    }

    fn operator(&mut self, _: &OpId, on: &NodeName, command: Option<&Command>, _: &str) -> Reply {
        let Some(command) = command else { return Reply::Nobody };
        let mut command = command.clone();
        if command.args.first().is_some_and(|a| a.ends_with("comm_dssetup.pl")) {
            // The program asks for a password; here a file answers.
            command.args.extend(["-j".to_owned(), "/etc/passwd".to_owned()]);
        }
        match self.lab.run(on, &command) {
            Ok(output) if output.status.success() => Reply::Yes,
            Ok(output) => {
                let said = printable(&String::from_utf8_lossy(&output.stderr));
                talk(&format!("rehearsed operator: {said}\n"));
                Reply::No
            }
            Err(_) => Reply::Nobody,
        }
    }
}
