//! How wide the terminal is, within what prose can be read at.

use rustix::termios::tcgetwinsize;

/// Columns of the terminal on standard error: from 40 to 100, and 80 where there is none.
pub fn width() -> usize {
    let columns = tcgetwinsize(std::io::stderr()).map_or(0, |size| usize::from(size.ws_col));
    if columns == 0 { 80 } else { columns.clamp(40, 100) }
}
