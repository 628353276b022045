//! A property with its value, as scrgadm(1M) takes it.

use serde::{Deserialize, Serialize};

/// A property and the value that it is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setting {
    pub name: String,
    /// The author's own, `-x`; else the system's, `-y`.
    pub extension: bool,
    /// Elements of a list with a comma between them.
    pub value: String,
}

impl Setting {
    /// As two words of the command.
    pub fn words(&self) -> [String; 2] {
        let option = if self.extension { "-x" } else { "-y" };
        [option.to_owned(), format!("{}={}", self.name, self.value)]
    }
}
