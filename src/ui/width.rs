//! How wide the terminal is, within what prose can be read at.

use std::io::IsTerminal as _;

use rustix::termios::tcgetwinsize;

/// Columns of the terminal on standard error: from 40 to 100, and 80 where there is none.
pub fn width() -> usize {
    let columns = tcgetwinsize(std::io::stderr()).map_or(0, |size| usize::from(size.ws_col));
    if columns == 0 { 80 } else { columns.clamp(40, 100) }
}

/// Columns for what is printed on standard output: those of the terminal that it is, at most 80;
/// and 80 where it is none.
pub fn printed_width() -> usize {
    if std::io::stdout().is_terminal() { width().min(80) } else { 80 }
}
