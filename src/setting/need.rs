//! When a setting must have a value. The condition is data, so that the reference page, the schema
//! and the message about a missing value say the same. `evaluate` applies it.

/// When a setting must have a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// In every installation.
    Always,
    /// Only when the setting `key` has one of these values.
    When { key: &'static str, is: &'static [&'static str] },
    /// In a new profile, when all of these settings have one of their values. A profile that was
    /// made without it is read all the same: what is installed has to be verified and undone,
    /// and a new installation is looked at before its first change.
    Asked { when: &'static [(&'static str, &'static [&'static str])] },
    /// Never; absent means that the product or the cluster chooses.
    Optional,
}

impl Need {
    /// The settings that decide it, with the values for which it is needed.
    pub fn conditions(&self) -> Vec<(&'static str, &'static [&'static str])> {
        match self {
            Self::Always | Self::Optional => Vec::new(),
            Self::When { key, is } => vec![(key, is)],
            Self::Asked { when } => when.to_vec(),
        }
    }

    /// The conditions in words, keys between these signs: `cluster.model is symmetric or
    /// n-plus-one`.
    pub fn in_words(&self, sign: &str) -> String {
        let each = self.conditions();
        let each = each.iter().map(|(key, is)| format!("{sign}{key}{sign} is {}", is.join(" or ")));
        each.collect::<Vec<_>>().join(" and ")
    }
}
