//! The decision about one operation on the way forward, from the journal's state and reality. Every
//! pair of the two has its answer; a new state or reality does not compile before it has one. It
//! asks no host and changes nothing: `survey` looks, `carry_out` does.

use crate::journal::State;
use crate::op::{Op, Reality};
use crate::step::Lifespan;

/// What to do about one operation on the way forward.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Write the intent and do it.
    Do,
    /// It is there and nobody here made it: note that, and never undo it.
    Adopt,
    /// It was done before the run that did it could say so.
    MarkDone,
    /// Nothing to do.
    Skip,
    /// Undo it first, it is obsolete; then do it.
    Replace,
    /// An undo was interrupted after its effect.
    MarkUndone,
    /// An undo was interrupted before its effect.
    RedoUndo,
    /// Someone has to say what is right: what is odd about it.
    Ask(&'static str),
    /// Only `rollback` or `resolve` go on.
    Stuck,
}

impl Decision {
    /// Whether something has to be done.
    pub fn is_work(&self) -> bool {
        matches!(self, Self::Do | Self::Replace | Self::RedoUndo | Self::MarkUndone)
    }
}

/// Journal and reality, for an operation of a step of either kind.
pub fn decide_for(lifespan: Lifespan, op: &Op, state: State, reality: &Reality) -> Decision {
    match (lifespan, state, reality) {
        // Its effect came after the wait had ended, or somebody has put right what was in its way.
        // What began is ours.
        (Lifespan::Lasting, State::Failed, Reality::Present) if op.is_command() => {
            Decision::MarkDone
        }
        (Lifespan::Passing, ..) => decide_passing(state, reality),
        (Lifespan::Lasting, ..) => decide(state, reality),
    }
}

/// Journal and reality, for what stays. No default arm: a new state or reality does not compile
/// until it is thought about here.
fn decide(state: State, reality: &Reality) -> Decision {
    use Reality::{Absent, Differs, Present};

    match (state, reality) {
        (State::Never | State::Adopted | State::Undone, Absent) => Decision::Do,
        (State::Never | State::Undone, Present) => Decision::Adopt,
        (State::Adopted, Present) => Decision::Skip,
        (State::Never | State::Adopted | State::Undone, Differs { .. }) => {
            Decision::Ask("it is not done, and something else is in its place")
        }

        (State::Intent, Absent) => Decision::Do,
        (State::Intent, Present) => Decision::MarkDone,
        (State::Intent, Differs { .. }) => {
            Decision::Ask("calha began it; what is there now is neither as before nor as after")
        }

        (State::Done, Absent) => Decision::Ask("calha did it, and somebody has removed it since"),
        (State::Done, Present) => Decision::Skip,
        (State::Done, Differs { .. }) => {
            Decision::Ask("calha did it, and somebody has changed it since")
        }

        (State::Failed, Absent) => Decision::Do,
        (State::Failed, Present) => Decision::Ask("it failed, and yet its effect is there now"),
        (State::Failed, Differs { .. }) => {
            Decision::Ask("it failed; what is there now is neither as before nor as after")
        }

        (State::Invalidated, Absent) => Decision::Do,
        (State::Invalidated, Present) => Decision::MarkDone,
        (State::Invalidated, Differs { .. }) => Decision::Replace,

        (State::Waived, Absent | Present | Differs { .. }) => Decision::Skip,

        (State::UndoIntent, Absent) => Decision::MarkUndone,
        (State::UndoIntent, Present) => Decision::RedoUndo,
        (State::UndoIntent, Differs { .. }) => Decision::Ask(
            "calha began to undo it; what is there now is neither as before nor as after",
        ),

        (State::Stuck, Absent | Present | Differs { .. }) => Decision::Stuck,
    }
}

/// The same for a position: it is no drift when it is not there any more.
fn decide_passing(state: State, reality: &Reality) -> Decision {
    use Reality::{Absent, Differs, Present};

    match (state, reality) {
        (State::Stuck, Absent | Present | Differs { .. }) => Decision::Stuck,
        (State::UndoIntent, Absent) => Decision::MarkUndone,
        (State::UndoIntent, Present) => Decision::RedoUndo,
        (State::Intent | State::Invalidated, Present) => Decision::MarkDone,
        (State::Waived, Present | Differs { .. }) => Decision::Skip,
        (State::Invalidated, Differs { .. }) => Decision::Replace,
        (
            State::Never
            | State::Adopted
            | State::Intent
            | State::Done
            | State::Failed
            | State::Invalidated
            | State::Waived
            | State::Undone,
            Absent,
        ) => Decision::Do,
        (State::Never | State::Adopted | State::Done | State::Failed | State::Undone, Present) => {
            Decision::Skip
        }
        (
            State::Never
            | State::Adopted
            | State::Intent
            | State::Done
            | State::Failed
            | State::UndoIntent
            | State::Undone,
            Differs { .. },
        ) => Decision::Ask("it is not done, and something else is in its place"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(state: State) -> [Decision; 3] {
        let differs = Reality::Differs { found: "x".into() };
        [decide(state, &Reality::Absent), decide(state, &Reality::Present), decide(state, &differs)]
    }

    /// The table as it is documented: a letter a cell, for absent, present, differs.
    #[test]
    fn the_table_is_the_documented_one() {
        let letter = |d: Decision| match d {
            Decision::Do => 'd',
            Decision::Adopt => 'a',
            Decision::MarkDone => 'm',
            Decision::Skip => 's',
            Decision::Replace => 'r',
            Decision::MarkUndone => 'u',
            Decision::RedoUndo => 'R',
            Decision::Ask(_) => '?',
            Decision::Stuck => '!',
        };

        let rows: Vec<String> = State::ALL
            .iter()
            .map(|s| format!("{s}: {}", cell(*s).map(letter).iter().collect::<String>()))
            .collect();

        assert_eq!(
            rows,
            [
                "never started: da?",
                "there before calha: ds?",
                "begun: dm?",
                "done: ?s?",
                "failed: d??",
                "to be done again: dmr",
                "accepted as it is: sss",
                "being undone: uR?",
                "undone: da?",
                "stuck: !!!",
            ]
        );
    }
}
