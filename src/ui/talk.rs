//! Standard error: the one way there for text. What came from outside is spelt out, and secrets are
//! hidden. Only what moves the cursor or colours calha's own words goes around it.

use std::io::{self, Write as _};

use crate::text::screened;

/// Says something to whoever sits there; nobody is left to be told when that fails.
pub fn talk(text: &str) {
    let mut to = io::stderr();
    let _ = to.write_all(screened(text).as_bytes()).and_then(|()| to.flush());
}
