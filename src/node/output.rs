//! What a program on a node printed and how it ended, byte for byte. It judges nothing: what a
//! status or a text means is for the check or the reader that asked.

use serde::{Deserialize, Serialize};

/// What a program on a node printed and how it ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    /// Exit status as the node's shell saw it (0-255).
    pub status: i32,
    pub stdout: Vec<u8>,
    pub stderr: Vec<u8>,
}

impl Output {
    /// Whether the exit status was 0.
    pub fn success(&self) -> bool {
        self.status == 0
    }

    /// Standard output as text; bytes that are no UTF-8 are replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.stdout).into_owned()
    }
}
