//! What goes out in one request: consecutive operations that a node can do by itself, at once, and
//! undo, also over the bounds of steps where nothing is looked at between them. It only says which;
//! doing them is left to `forward`.

use super::Task;
use crate::step::{Scope, Step, When};

/// The rows that are looked at and done together: the first, and those after it that may go along.
pub fn go_together<'r, 's>(rows: &'r [Vec<Task<'s>>]) -> &'r [Vec<Task<'s>>] {
    let travelling = rows.iter().take_while(|row| row.iter().all(Task::travels)).count();
    &rows[..travelling.max(1).min(rows.len())]
}

/// How many of these steps, from the first, have nothing to look at or to ask between them; one at
/// least.
pub(super) fn leg(steps: &[&Step]) -> usize {
    steps.iter().take_while(|step| may_go_with_others(step)).count().max(1)
}

/// Whether a step may go out together with those beside it: every node can do it by itself and undo
/// it, and nothing is looked at between.
fn may_go_with_others(step: &Step) -> bool {
    let is_alone = step.moves() || !step.cleans.is_empty() || step.answers_at.is_some();
    let looks_between = step.looks.iter().any(|(when, _)| *when != When::Early);
    let Scope::EachNode(nodes) = &step.scope else { return false };

    let travels = |node| Task::all(step, node).iter().all(Task::travels);
    !is_alone && !looks_between && nodes.iter().all(travels)
}
