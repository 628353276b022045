//! A run in 80 columns, told in brief: what a plan before it has said is not said again. Of a step
//! that was done it shows the last proof, which is the state that the step leads to.

use std::io::Write;

use super::lines;
use crate::cluster::DIRECTORY;
use crate::engine::{Event, Outcome, Sink};
use crate::text::{printable, wrapped};

const WIDTH: usize = 80;

/// Lines of at most 80 columns.
pub struct Brief<W> {
    to: W,
    /// The proof of the operation that was done last in this step.
    proof: Option<String>,
    /// Whether the first step has begun, which a blank line sets off from the plan.
    begun: bool,
}

impl<W: Write> Brief<W> {
    /// Writes to `to`.
    pub fn new(to: W) -> Self {
        Self { to, proof: None, begun: false }
    }

    fn line(&mut self, before: &str, text: &str) {
        let mut out = String::new();
        wrapped(&mut out, before, &printable(text), WIDTH);
        // Whoever does not read it loses nothing: the journal has everything.
        let _ = self.to.write_all(out.as_bytes());
    }
}

impl<W: Write> Sink for Brief<W> {
    fn tell(&mut self, event: &Event) {
        match event {
            Event::Announced { .. }
            | Event::LookingFirst
            | Event::LookedFirst
            | Event::UndoBegins { .. }
            | Event::OpBegins { .. } => {}

            Event::StepBegins { number, of, title, .. } => {
                self.proof = None;
                if !self.begun {
                    let _ = writeln!(self.to);
                }
                self.begun = true;
                self.line(&format!("[{number:>2}/{of}] "), title);
            }

            Event::OpEnds { outcome: Outcome::Done, node, proof, .. } => {
                self.proof = proof.as_ref().map(|proof| format!("{node}: {proof}"));
            }

            Event::StepEnds { .. } => match self.proof.take() {
                // The names of the cluster's programs alone say which are meant.
                Some(proof) => {
                    self.line("  proof: ", &proof.replace(&format!("{DIRECTORY}/bin/"), ""));
                }
                None => self.line("  ", "ok"),
            },

            other => {
                for line in lines(other, WIDTH) {
                    let _ = writeln!(self.to, "{line}");
                }
            }
        }
        let _ = self.to.flush();
    }
}
