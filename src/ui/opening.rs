//! What a run tells before its first step, in a line each: how many steps are left, what stays, how
//! many proofs stand. Nothing is lost: what is left out is held for whoever asks for it. Who is cut
//! off is never left out, nor is a short list.

use std::collections::BTreeSet;

use super::Held;
use super::lines::{cut_off, lines};
use crate::engine::{Event, Outage, Summary};
use crate::text::{counted, printable, wrapped};

/// A list of so many lines is shown as it is.
const SHORT: usize = 12;

/// So few steps are shown with all that they do: what is done in so few is not asked step by step.
const FEW: usize = 3;

/// The beginning of a run.
pub struct Opening {
    held: Held,
    /// Proofs of the looks before the first change, while those are told.
    proofs: Option<usize>,
}

impl Opening {
    /// Holds there what it leaves out.
    pub fn new(held: Held) -> Self {
        Self { held, proofs: None }
    }

    /// The few lines for an event of the beginning; none for any other, which is told whole.
    pub fn told(&mut self, event: &Event, width: usize) -> Option<Vec<String>> {
        match event {
            Event::Announced { steps, .. } => {
                self.held.forget();
                if steps.len() <= FEW || lines(event, width).len() <= SHORT {
                    return None;
                }
                self.held.keep(event);
                Some(printable(&announced(event, width)).lines().map(str::to_owned).collect())
            }
            Event::LookingFirst => {
                self.held.keep(event);
                self.proofs = Some(0);
                Some(Vec::new())
            }
            Event::Fact { .. } => {
                *self.proofs.as_mut()? += 1;
                self.held.keep(event);
                Some(Vec::new())
            }
            Event::LookedFirst => {
                let proofs = self.proofs.take()?;
                let line = format!("Before the first change: {}", counted(proofs, "proof"));
                Some(if proofs == 0 { Vec::new() } else { vec![line] })
            }
            _ => None,
        }
    }
}

/// How much is left of what, who is cut off, and how much stays.
fn announced(event: &Event, width: usize) -> String {
    let Event::Announced { command, steps, leftovers, outages } = event else {
        return String::new();
    };
    let todo: Vec<&Summary> = steps.iter().filter(|step| step.todo).collect();
    let left = match (steps.len(), todo.len()) {
        (all, left) if all == left => counted(all, "step"),
        (all, left) => format!("{left} of {}", counted(all, "step")),
    };
    let span = match (todo.first(), todo.last()) {
        (Some(first), Some(last)) if first.id == last.id => format!(", {}", first.id),
        (Some(first), Some(last)) if command.goes_back() => {
            format!(", from {} back to {}", first.id, last.id)
        }
        (Some(first), Some(last)) => format!(", {} to {}", first.id, last.id),
        _ => String::new(),
    };

    let mut out = String::new();
    let what = if command.goes_back() { "to undo" } else { "to do" };
    wrapped(&mut out, "", &format!("calha {command}: {left} {what}{span}"), width);
    let longest = outages.iter().map(|outage| outage.step.len()).max().unwrap_or(0);
    match &outages[..] {
        [first, .., last] if outages.iter().all(|outage| outage.what == first.what) => {
            let each = |outage: &Outage| format!("{} ({})", outage.step, outage.service);
            let all: Vec<String> = outages.iter().map(each).collect();
            let text = format!("{}: each: {}", all.join(", "), last.what);
            wrapped(&mut out, "    ! ", &text, width);
        }
        _ => cut_off(&mut out, outages, longest, width),
    }
    if !leftovers.is_empty() {
        let kinds: BTreeSet<&str> = leftovers.iter().map(|(_, kept)| kept.what.as_str()).collect();
        let kinds = counted(kinds.len(), "kind");
        wrapped(&mut out, "", &format!("What stays for good: {kinds} of files and data"), width);
    }
    out
}
