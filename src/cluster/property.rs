//! A property of a resource with the value that it is given. A plan of an upgrade keeps it in the
//! journal.

use serde::{Deserialize, Serialize};

/// A property and its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Property {
    pub name: String,
    /// The author's own; else the system's.
    pub extension: bool,
    /// Elements of a list with a comma between them.
    pub value: String,
}

impl Property {
    /// A property that every resource has.
    pub fn system(name: &str, value: impl Into<String>) -> Self {
        Self { name: name.to_owned(), extension: false, value: value.into() }
    }

    /// One that the author of the type has declared.
    pub fn extension(name: &str, value: impl Into<String>) -> Self {
        Self { name: name.to_owned(), extension: true, value: value.into() }
    }

    /// As two words of scrgadm(1M).
    pub fn words(&self) -> [String; 2] {
        let option = if self.extension { "-x" } else { "-y" };
        [option.to_owned(), format!("{}={}", self.name, self.value)]
    }
}
