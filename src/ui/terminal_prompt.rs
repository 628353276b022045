use std::io::ErrorKind;

use dialoguer::Confirm;
use indicatif::MultiProgress;

use super::printable;
use crate::engine::{Answer, Prompt, Question};
use crate::host::NodeName;
use crate::op::{Command, OpId};

/// A human at a terminal.
pub struct TerminalPrompt {
    /// `--yes`: the changes are agreed to beforehand.
    pub yes: bool,
    /// What is drawn on the terminal, and makes room for a question.
    pub bars: Option<MultiProgress>,
}

impl TerminalPrompt {
    fn ask(&self, above: &str, question: &str) -> Answer {
        let asked = || {
            show(above);
            ask(question)
        };
        match &self.bars {
            Some(bars) => bars.suspend(asked),
            None => asked(),
        }
    }
}

fn ask(question: &str) -> Answer {
    let answer = Confirm::new().with_prompt(question).default(false).interact_opt();
    // dialoguer leaves the cursor hidden when it is interrupted.
    let _ = dialoguer::console::Term::stderr().show_cursor();
    match answer {
        Ok(Some(true)) => Answer::Yes,
        Ok(Some(false) | None) => Answer::No,
        Err(dialoguer::Error::IO(error)) if error.kind() == ErrorKind::Interrupted => {
            // The line of the question has no end yet.
            show("^C");
            Answer::Interrupted
        }
        Err(_) => Answer::Nobody,
    }
}

fn show(text: &str) {
    if text.is_empty() {
        return;
    }
    // Nobody to tell when standard error is closed.
    let _ = std::io::Write::write_all(&mut std::io::stderr(), format!("{}\n", printable(text)).as_bytes());
}

impl Prompt for TerminalPrompt {
    fn consent(&mut self, what: &str) -> Answer {
        if self.yes { Answer::Yes } else { self.ask("", what) }
    }

    fn accept(&mut self, question: &Question) -> Answer {
        let about = format!(
            "\n{} on {}\n  found: {}\n  accepting it {} (--accept {})",
            question.what, question.node, question.found, question.accepting, question.code
        );
        self.ask(&about, "accept?")
    }

    fn attends(&self) -> bool {
        true
    }

    fn operator(&mut self, id: &OpId, on: &NodeName, _: Option<&Command>, _: &str) -> Answer {
        self.ask(&format!("\n{}, to be done by hand on {on}: see above", id.step), "is it done?")
    }
}
