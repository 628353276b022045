//! What a run is about: the installation of a profile, or one of the pieces of work that have a
//! journal of their own. Commands that go on with it, undo it or settle it are other ones
//! for each; which of them a message names is decided where the message is made.

use crate::op::quote;
use crate::type_upgrade::UpgradePlan;

/// The piece of work that a journal belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Undertaking {
    /// The installation of the profile.
    #[default]
    Installation,
    /// The agent's debugging at this level.
    Debugging { level: String },
    /// A server that stays on a node without its cluster.
    Alone { instance: String, node: String, at_boot: bool },
    /// Another version for resources of a type, all of them or these.
    Upgrade { base: String, to: String, resources: Vec<String> },
}

impl From<&UpgradePlan> for Undertaking {
    fn from(plan: &UpgradePlan) -> Self {
        let (base, to) = (plan.base.clone(), plan.to.clone());
        Self::Upgrade { base, to, resources: plan.resources.clone() }
    }
}

impl Undertaking {
    /// The command that does it, without the profile, and the options that belong to it.
    pub(super) fn forward(&self) -> (&'static str, String) {
        match self {
            Self::Installation => ("install", String::new()),
            Self::Debugging { level } => ("debug on", format!(" --level {}", quote(level))),
            Self::Alone { at_boot, .. } => {
                let at = if *at_boot { "yes" } else { "no" };
                ("uninstall", self.kept() + &format!(" --mount-at-boot {at}"))
            }
            Self::Upgrade { base, to, resources } => {
                let mut options = format!(" --type {} --to {}", quote(base), quote(to));
                resources.iter().for_each(|r| options += &format!(" --resource {}", quote(r)));
                ("rt upgrade", options)
            }
        }
    }

    /// The command that undoes all of it.
    pub(super) fn undo(&self) -> (&'static str, String) {
        match self {
            Self::Installation => ("rollback", String::new()),
            Self::Debugging { .. } => ("debug off", String::new()),
            Self::Alone { .. } => ("uninstall", self.kept() + " --rollback"),
            Self::Upgrade { base, .. } => {
                ("rt upgrade", format!(" --type {} --rollback", quote(base)))
            }
        }
    }

    /// That there is nothing of it to undo.
    pub(super) fn never_begun(&self) -> &'static str {
        match self {
            Self::Installation => "nothing was installed from here",
            Self::Debugging { .. } => "debugging was not switched on from here",
            Self::Alone { .. } => "no server was kept from here",
            Self::Upgrade { .. } => "calha began no upgrade from here",
        }
    }

    /// The option that names its journal to commands for any journal.
    pub(super) fn journal(&self) -> String {
        match self {
            Self::Installation => String::new(),
            Self::Debugging { .. } => " --debug".to_owned(),
            Self::Alone { instance, .. } => format!(" --alone {}", quote(instance)),
            Self::Upgrade { base, .. } => format!(" --upgrade {}", quote(base)),
        }
    }

    /// The options that say which server stays where.
    fn kept(&self) -> String {
        match self {
            Self::Alone { instance, node, .. } => {
                format!(" --keep-server {} --instance {}", quote(node), quote(instance))
            }
            Self::Installation | Self::Debugging { .. } | Self::Upgrade { .. } => String::new(),
        }
    }
}
