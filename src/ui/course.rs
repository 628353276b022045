//! A rehearsed installation in at most a few lines a step: how many proofs it has, and its
//! commands, each once for all nodes that get it. A step that is cut off shows its commands before
//! why. Every problem is told once, and what is only worth saying without its remedy. What is left
//! out here, `--verbose` shows.

use std::collections::BTreeSet;
use std::io::Write;

use super::lines::{ended, lines};
use super::{Held, Once, Opening};
use crate::engine::{Event, Outcome, Sink};
use crate::node::NodeName;
use crate::problem::Problem;
use crate::text::{counted, printable, wrapped};

const WIDTH: usize = 80;

/// The course of a rehearsal, in brief.
pub struct Course<W> {
    to: W,
    opening: Opening,
    once: Once,
    /// Codes of what was worth saying.
    noted: BTreeSet<String>,
    /// The first line of a step, which was not shown yet.
    begun: Option<(String, String)>,
    /// Commands of the step, with the nodes that get them, which were not shown yet.
    commands: Vec<(String, Vec<NodeName>)>,
    proofs: usize,
    /// The step only had to be looked at again.
    is_again: bool,
}

impl<W: Write> Course<W> {
    /// Writes to `to`.
    pub fn new(to: W) -> Self {
        Self {
            to,
            opening: Opening::new(Held::default()),
            once: Once::default(),
            noted: BTreeSet::new(),
            begun: None,
            commands: Vec::new(),
            proofs: 0,
            is_again: false,
        }
    }

    fn say(&mut self, said: &str) {
        // Whoever does not read it loses nothing: the journal has everything.
        let _ = self.to.write_all(printable(said).as_bytes());
    }

    fn line(&mut self, before: &str, text: &str) {
        let mut out = String::new();
        wrapped(&mut out, before, text, WIDTH);
        self.say(&out);
    }

    /// Shows what was gathered of the step.
    fn show_commands(&mut self) {
        if let Some((before, title)) = self.begun.take() {
            self.line(&before, &title);
        }
        for (command, nodes) in std::mem::take(&mut self.commands) {
            let nodes: Vec<&str> = nodes.iter().map(NodeName::as_str).collect();
            self.say(&format!("        {}: {command}\n", nodes.join(", ")));
        }
    }

    fn gather(&mut self, node: &NodeName, commands: &[String]) {
        for command in commands {
            match self.commands.iter_mut().find(|(known, _)| known == command) {
                Some((_, nodes)) if !nodes.contains(node) => nodes.push(node.clone()),
                Some(_) => {}
                None => self.commands.push((command.clone(), vec![node.clone()])),
            }
        }
    }

    /// What is only worth saying, of several alike the first; of the others their places.
    fn note(&mut self, step: &str, problem: &Problem) {
        if !self.once.is_new(problem) {
            return;
        }
        let is_first = self.noted.insert(problem.code.clone());
        match (&problem.place, &problem.node) {
            (Some(place), Some(node)) if !is_first => {
                self.show_commands();
                self.line("        ", &format!("note [{}] {place} on {node}, too", problem.code));
            }
            _ => {
                let problem = Problem { remedy: None, section: None, ..problem.clone() };
                self.whole(&Event::Notice { step: step.to_owned(), problem });
            }
        }
    }

    fn step_ends(&mut self) {
        let proofs = match std::mem::take(&mut self.proofs) {
            0 => String::new(),
            n => format!(", {}", counted(n, "proof")),
        };
        match self.begun.take() {
            _ if std::mem::take(&mut self.is_again) => {}
            Some((before, title)) => {
                self.line(&before, &format!("{title}: ok{proofs}"));
                self.show_commands();
            }
            None => {
                self.show_commands();
                self.say(&format!("        ok{proofs}\n"));
            }
        }
    }

    fn whole(&mut self, event: &Event) {
        self.show_commands();
        for line in lines(event, WIDTH) {
            self.say(&format!("{line}\n"));
        }
    }
}

impl<W: Write> Sink for Course<W> {
    fn tell(&mut self, event: &Event) {
        if let Some(few) = self.opening.told(event, WIDTH) {
            few.iter().for_each(|line| self.say(&format!("{line}\n")));
            return;
        }
        match event {
            Event::StepBegins { number, of, id, title, again, .. } => {
                self.is_again = *again;
                self.proofs = 0;
                if !again {
                    self.begun = Some((format!("[{number:>2}/{of}] "), format!("{id}: {title}")));
                }
            }
            Event::UndoBegins { number, of, id, title, .. } => {
                self.show_commands();
                self.line(&format!("[{number:>2}/{of}] "), &format!("{id}: {title}"));
            }

            Event::OpBegins { attended, node, commands, .. } => {
                self.gather(node, commands);
                // From here on the terminal is its program's.
                if *attended {
                    self.show_commands();
                }
            }
            Event::Fact { .. } | Event::OpEnds { outcome: Outcome::Done, .. } => self.proofs += 1,
            Event::OpEnds { outcome: Outcome::Already | Outcome::Undone, .. } => {}
            Event::OpEnds { .. } => {
                self.show_commands();
                self.say(&ended(event, WIDTH));
            }

            Event::Notice { step, problem } => self.note(step, problem),
            Event::Problem { problem, .. } if !self.once.is_new(problem) => {}
            Event::StepEnds { .. } => self.step_ends(),
            // Behind the last step these are looks of a verification.
            Event::LookedFirst => {
                self.proofs = 0;
                self.say("verify: nothing to do\n");
            }
            other => self.whole(other),
        }
        let _ = self.to.flush();
    }
}
