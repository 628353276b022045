/// How to go on after a run that ended early: commands to type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// Goes on.
    pub again: String,
    /// Takes back what was done, where that is a way.
    pub back: Option<String>,
    /// The profile's path.
    pub profile: String,
}

impl Way {
    /// The way of an installation.
    pub fn of_installation(profile: &str) -> Self {
        Self {
            again: format!("calha resume {profile}"),
            back: Some(format!("calha rollback {profile}")),
            profile: profile.to_owned(),
        }
    }
}
