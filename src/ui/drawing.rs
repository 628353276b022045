//! Where bars are drawn: standard error, as a terminal. One that went away in the middle of a
//! drawing is no error: what ends the run then is the signal, and not the bar.

use std::fmt::Write as _;
use std::io::{self, IsTerminal as _, Write as _};
use std::sync::{Mutex, PoisonError};

use indicatif::{ProgressDrawTarget, TermLike};
use rustix::termios::tcgetwinsize;

/// Drawings in a second, at most.
const RATE: u8 = 20;

/// What is drawn, until it is shown as a whole.
#[derive(Debug, Default)]
pub struct Drawing(Mutex<String>);

impl Drawing {
    /// Standard error; nowhere when that is no terminal.
    pub fn target() -> ProgressDrawTarget {
        if io::stderr().is_terminal() {
            ProgressDrawTarget::term_like_with_hz(Box::new(Self::default()), RATE)
        } else {
            ProgressDrawTarget::hidden()
        }
    }

    /// Adds text, or what moves the cursor so many places.
    fn add(&self, text: &str) -> io::Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push_str(text);
        Ok(())
    }

    fn moved(&self, by: usize, direction: char) -> io::Result<()> {
        let mut text = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if by > 0 {
            // Writing into a String cannot fail.
            let _ = write!(text, "\x1b[{by}{direction}");
        }
        Ok(())
    }

    fn size() -> (u16, u16) {
        let size = tcgetwinsize(io::stderr());
        let (rows, columns) = size.map_or((0, 0), |size| (size.ws_row, size.ws_col));
        (if rows == 0 { 24 } else { rows }, if columns == 0 { 80 } else { columns })
    }
}

impl TermLike for Drawing {
    fn width(&self) -> u16 {
        Self::size().1
    }

    fn height(&self) -> u16 {
        Self::size().0
    }

    fn move_cursor_up(&self, by: usize) -> io::Result<()> {
        self.moved(by, 'A')
    }

    fn move_cursor_down(&self, by: usize) -> io::Result<()> {
        self.moved(by, 'B')
    }

    fn move_cursor_right(&self, by: usize) -> io::Result<()> {
        self.moved(by, 'C')
    }

    fn move_cursor_left(&self, by: usize) -> io::Result<()> {
        self.moved(by, 'D')
    }

    fn write_line(&self, text: &str) -> io::Result<()> {
        self.add(text)?;
        self.add("\n")
    }

    fn write_str(&self, text: &str) -> io::Result<()> {
        self.add(text)
    }

    fn clear_line(&self) -> io::Result<()> {
        self.add("\r\x1b[2K")
    }

    fn flush(&self) -> io::Result<()> {
        let text = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        let _ = io::stderr().write_all(text.as_bytes());
        Ok(())
    }
}
