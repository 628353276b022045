use dialoguer::Confirm;

use super::printable;
use crate::engine::{Answer, Prompt, Question};
use crate::host::NodeName;
use crate::op::{Command, OpId};

/// A human at a terminal.
pub struct TerminalPrompt {
    /// `--yes`: the changes are agreed to beforehand.
    pub yes: bool,
}

fn ask(question: &str) -> Answer {
    let answer = Confirm::new().with_prompt(question).default(false).interact_opt();
    // dialoguer leaves the cursor hidden when it is interrupted.
    let _ = dialoguer::console::Term::stderr().show_cursor();
    match answer {
        Ok(Some(true)) => Answer::Yes,
        Ok(Some(false) | None) => Answer::No,
        Err(_) => Answer::Nobody,
    }
}

fn show(text: &str) {
    // Nobody to tell when standard error is closed.
    let _ = std::io::Write::write_all(&mut std::io::stderr(), format!("{}\n", printable(text)).as_bytes());
}

impl Prompt for TerminalPrompt {
    fn consent(&mut self, what: &str) -> Answer {
        if self.yes { Answer::Yes } else { ask(what) }
    }

    fn accept(&mut self, question: &Question) -> Answer {
        show(&format!(
            "\n{} on {}\n  found: {}\n  accepting it {} (--accept {})",
            question.what, question.node, question.found, question.accepting, question.code
        ));
        ask("accept?")
    }

    fn operator(&mut self, id: &OpId, on: &NodeName, _: Option<&Command>, instructions: &str) -> Answer {
        show(&format!("\nTo be done by hand, on {on} ({}):\n{instructions}\n", id.step));
        ask("is it done?")
    }
}
