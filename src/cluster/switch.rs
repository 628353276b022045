//! Whether the cluster is to run a resource, or to watch it: what an administrator has said, not
//! how the resource stands.

/// A switch of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    Enabled,
    Disabled,
}

impl Switch {
    pub fn word(self) -> &'static str {
        match self {
            Self::Enabled => "ENABLED",
            Self::Disabled => "DISABLED",
        }
    }

    /// Whether the word, as the cluster prints it, says that it is on.
    pub fn is_on(word: &str) -> bool {
        word.trim() == Self::Enabled.word()
    }
}
