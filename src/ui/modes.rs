//! How the terminal reads while one question is open, and back. What was typed before the question
//! is dropped, so that an impatient Enter answers nothing.

use std::io;

use rustix::termios::{
    LocalModes, OptionalActions, QueueSelector, SpecialCodeIndex, Termios, tcflush, tcgetattr,
    tcsetattr,
};

/// How a question is answered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// By a line, which the terminal shows and edits.
    Line,
    /// By a line that is not shown.
    Secret,
    /// By one key.
    Key,
}

/// The terminal while a question is open; it is put back when this goes. Signals come from its keys
/// all the while.
pub struct Modes {
    before: Termios,
    during: Termios,
}

impl Modes {
    /// Sets the terminal. What was typed before the question answers nothing.
    pub fn begin(reading: Reading) -> io::Result<Self> {
        let before = tcgetattr(io::stdin())?;
        let mut during = before.clone();
        // A key that sends a signal would drop what was typed: a read that follows a poll would
        // wait for ever.
        during.local_modes.insert(LocalModes::NOFLSH);
        match reading {
            Reading::Line => {}
            Reading::Secret => during.local_modes.remove(LocalModes::ECHO),
            Reading::Key => {
                during.local_modes.remove(LocalModes::ECHO | LocalModes::ICANON);
                during.special_codes[SpecialCodeIndex::VMIN] = 1;
                during.special_codes[SpecialCodeIndex::VTIME] = 0;
            }
        }
        let modes = Self { before, during };
        modes.set();
        forget_typed();
        Ok(modes)
    }

    /// As the question wants it; also after somebody else had the terminal.
    pub fn set(&self) {
        // A terminal that is gone shows itself to whoever reads it.
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, &self.during);
    }

    /// As it was given.
    pub fn put_back(&self) {
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, &self.before);
    }
}

impl Drop for Modes {
    fn drop(&mut self) {
        self.put_back();
    }
}

/// Drops what was typed and not read.
pub fn forget_typed() {
    let _ = tcflush(io::stdin(), QueueSelector::IFlush);
}
