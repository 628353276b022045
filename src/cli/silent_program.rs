//! The vendors' programs of an installation, and with which settings each runs on a simulated
//! cluster without anybody: who runs it on real nodes stays in the profile.

use crate::setting::{RunMode, Settings};

/// A vendor's program, by the setting that says who runs it.
#[derive(Debug)]
pub struct SilentProgram {
    pub mode: &'static str,
    /// What a silent run needs, each where the profile does not say it. The lab makes these files.
    pub needs: &'static [(&'static str, &'static str)],
    of: fn(&Settings) -> RunMode,
}

impl SilentProgram {
    /// All of them, in the order of their steps.
    pub const ALL: [Self; 3] = [
        Self {
            mode: "installer.mode",
            needs: &[
                ("installer.program", "/cdrom/cdrom0/Solaris_sparc/installer"),
                ("installer.state-file", "/var/opt/calha-files/installer-%i.state"),
            ],
            of: |settings| settings.installer.mode,
        },
        Self {
            mode: "directory.mode",
            needs: &[
                ("directory.password-file-option", "-j"),
                ("directory.password-file", "/var/opt/calha-files/pw"),
            ],
            of: |settings| settings.directory.mode,
        },
        Self {
            mode: "configurator.mode",
            needs: &[("configurator.state-file", "/var/opt/calha-files/configurator-%i.state")],
            of: |settings| settings.configurator.mode,
        },
    ];

    /// Who runs it by these settings.
    pub fn mode_in(&self, settings: &Settings) -> RunMode {
        (self.of)(settings)
    }

    /// Settings and their values with which it asks nobody. `said` tells whether the profile has a
    /// setting.
    pub fn settings(&self, said: impl Fn(&str) -> bool) -> Vec<(&'static str, &'static str)> {
        let needs = self.needs.iter().copied().filter(|(key, _)| !said(key));
        std::iter::once((self.mode, "silent")).chain(needs).collect()
    }

    /// Every setting that a silent run has of its own.
    pub fn keys(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.mode).chain(self.needs.iter().map(|(key, _)| *key))
    }
}
