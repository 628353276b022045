//! Whether calha debug is on, as its journal has it, for the commands that say how an installation
//! stands. Nobody is asked; switching it is for `debug`.

use serde::Serialize;

use super::ProfileArguments;
use super::debugging::debugging;
use super::loading::history;
use crate::text::wrapped;

/// Debugging that is on.
#[derive(Clone, Debug, Serialize)]
pub struct DebugLevel {
    /// How much the agent writes, 0 to 9, as its setting was given.
    pub level: String,
    /// The command that ends it.
    pub off: String,
}

impl DebugLevel {
    /// That of a profile; none where nothing of calha debug stands.
    pub fn of(profile: &ProfileArguments) -> Option<Self> {
        let (_, guide) = debugging(profile, 9).ok()?;
        let history = history(&guide.cluster, &guide.profile).ok()?;
        let level = history.values.get("debug.level").filter(|_| history.is_underway())?;
        Some(Self { level: level.clone(), off: profile.commands().of("debug off") })
    }

    /// In lines for a screen; `before` stands in front of the first.
    pub fn told(&self, before: &str, width: usize) -> String {
        let mut out = String::new();
        wrapped(&mut out, before, &format!("on, level {}; to end it, type", self.level), width);
        out + &format!("          {}\n", self.off)
    }
}
