//! One of several ways out of a problem: what is done, and the command that does it.

/// One of several ways out of a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WayOut {
    /// What is done: "otherwise remove it".
    pub what: String,
    /// What does it, as it is typed.
    pub command: Option<String>,
    /// Whether that is typed on the node of the problem, and not on this machine.
    pub is_on_its_node: bool,
    /// Whether settings are changed for it: then what began with the old ones is undone first.
    pub is_in_profile: bool,
}

impl WayOut {
    /// One that no command does.
    pub fn by_hand(what: impl Into<String>) -> Self {
        let what = what.into();
        Self { what, command: None, is_on_its_node: false, is_in_profile: false }
    }

    /// One that settings are changed for.
    pub fn in_profile(what: impl Into<String>) -> Self {
        Self { is_in_profile: true, ..Self::by_hand(what) }
    }

    /// The same where steps have begun with the old settings, which `back` undoes.
    #[must_use]
    pub fn once_begun(self, back: &str) -> Self {
        match self.is_in_profile {
            true => Self::typed(
                format!("{}, once this has undone what was done with the old settings", self.what),
                back.to_owned(),
            ),
            false => self,
        }
    }

    /// A command on this machine.
    pub fn typed(what: impl Into<String>, command: String) -> Self {
        Self { command: Some(command), ..Self::by_hand(what) }
    }

    /// A command on the node of the problem.
    pub fn on_its_node(what: impl Into<String>, command: String) -> Self {
        Self { is_on_its_node: true, ..Self::typed(what, command) }
    }

    /// In one line.
    pub(super) fn told(&self) -> String {
        match &self.command {
            None => self.what.clone(),
            Some(command) if self.is_on_its_node => {
                format!("{}, on this node: {command}", self.what)
            }
            Some(command) => format!("{}: {command}", self.what),
        }
    }
}
