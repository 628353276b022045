//! Gives the terminal back as it was, whatever ends the program: a question, a signal or a panic.
//! It remembers the first state alone. Setting the terminal for one question is `modes`' part.

use std::io::Write as _;
use std::sync::OnceLock;

use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};

/// How the terminal was when calha began to use it.
static BEFORE: OnceLock<Termios> = OnceLock::new();

/// Remembers how the terminal is, so that [`restore`] can put it back.
pub fn guard() {
    if let Ok(termios) = tcgetattr(std::io::stdin()) {
        // The first state counts.
        let _ = BEFORE.set(termios);
    }
}

/// Puts the terminal back as it was, and shows the cursor; nothing where it was never used.
pub fn restore() {
    if let Some(before) = BEFORE.get() {
        let _ = tcsetattr(std::io::stdin(), OptionalActions::Now, before);
        let mut terminal = std::io::stderr();
        let _ = terminal.write_all(b"\x1b[?25h").and_then(|()| terminal.flush());
    }
}
