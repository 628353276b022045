//! Standard output: the one way there. What came from outside is spelt out here whoever printed it,
//! secrets are hidden, and what does not arrive is noticed.
//!
//! A full disk must not look like an empty answer, so whoever ends the program asks
//! [`Output::lost`]. A reader that has gone away (`| head`) has what it wanted: that is no loss.
//! What is printed is for others.

use std::io::{self, ErrorKind, Write};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::io::{Errno, fcntl_getfd};

use crate::text::screened;

/// Why something printed did not arrive; the first reason of the process.
static LOST: OnceLock<String> = OnceLock::new();

/// Whether standard output was closed when the program began.
static CLOSED: AtomicBool = AtomicBool::new(false);

/// Standard output of the process.
#[derive(Clone, Copy, Debug, Default)]
pub struct Output;

impl Output {
    /// Looks whether standard output is open. For the time before `main`: Rust opens /dev/null in
    /// the place of what is closed, and nobody can tell it from one that was asked for.
    pub extern "C" fn look() {
        if fcntl_getfd(io::stdout()) == Err(Errno::BADF) {
            CLOSED.store(true, Ordering::Relaxed);
        }
    }

    /// Why something that was printed did not arrive. None when all of it did, or when nobody reads
    /// any more.
    pub fn lost() -> Option<&'static str> {
        let _ = Self::note(io::stdout().flush());
        LOST.get().map(String::as_str)
    }

    fn note<T>(result: io::Result<T>) -> io::Result<T> {
        if let Err(error) = &result
            && !matches!(error.kind(), ErrorKind::BrokenPipe | ErrorKind::Interrupted)
        {
            LOST.get_or_init(|| error.to_string());
        }
        result
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if CLOSED.load(Ordering::Relaxed) {
            return Self::note(Err(io::Error::other("it is closed")));
        }
        let text = screened(&String::from_utf8_lossy(bytes));
        Self::note(io::stdout().write_all(text.as_bytes())).map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Self::note(io::stdout().flush())
    }
}
