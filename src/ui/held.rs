//! What was told in a line and can be shown whole: the list of steps, what stays, the proofs before
//! the first change. A terminal keeps it here, and a question shows it. It holds events of one run,
//! nothing of a node.

use std::cell::RefCell;
use std::rc::Rc;

use super::lines;
use crate::engine::Event;

/// Events whose lines were left out, shared by whoever leaves them out and whoever shows them.
#[derive(Clone, Default)]
pub struct Held(Rc<RefCell<Vec<Event>>>);

impl Held {
    /// Keeps one more.
    pub fn keep(&self, event: &Event) {
        self.0.borrow_mut().push(event.clone());
    }

    /// Begins anew.
    pub fn forget(&self) {
        self.0.borrow_mut().clear();
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }

    /// All of it, prose wrapped at `width`.
    pub fn whole(&self, width: usize) -> String {
        let events = self.0.borrow();
        events.iter().flat_map(|event| lines(event, width)).map(|line| line + "\n").collect()
    }
}
