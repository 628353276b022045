//! What ^C and its like do while no question is open: somebody is told at once, and the work ends
//! where that is safe. Work that only looks ends on the spot; work that changes nodes ends between
//! two operations, which the engine sees to.

use std::io::{self, IsTerminal as _};
use std::process;

use indicatif::MultiProgress;

use super::guard::restore;
use super::signals::Signals;
use super::talk::talk;
use crate::exit;

/// What a signal that asks for the end does to the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// It only looks, so it ends at once.
    Looks,
    /// It changes nodes, so it ends between two operations.
    Changes,
}

/// From here on each signal that asks for the end is acknowledged at once, whatever runs. `bars`
/// make room for that. A question that is open tells of it itself.
pub fn acknowledge(work: Work, bars: Option<MultiProgress>) {
    let tell = move || {
        let line = match work {
            Work::Looks => "interrupted; calha changed nothing",
            Work::Changes => "interrupted; calha waits for the operation at hand, and then ends",
        };

        // Where no bar is drawn the terminal has just shown "^C" in somebody's line.
        let in_a_line = bars.as_ref().is_none_or(MultiProgress::is_hidden);
        let begin = if in_a_line && io::stderr().is_terminal() { "\n" } else { "" };

        let say = || talk(&format!("{begin}{line}\n"));

        match &bars {
            Some(bars) => bars.suspend(say),
            None => say(),
        }

        if work == Work::Looks {
            restore();
            process::exit(i32::from(exit::INTERRUPTED));
        }
    };
    // Where no signal can be caught it ends calha, which the journal survives.
    let _ = Signals::heed(tell);
}
