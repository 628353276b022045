//! What a step is, whichever instance it is of. A step that another one names is one of these, so
//! a name that does not exist does not compile.

use std::fmt;

macro_rules! kinds {
    ($($kind:ident = $name:literal,)*) => {
        /// The steps that there are, in the order of an installation; then those of debugging, of
        /// the service, of a server that stays without its cluster, and of upgrades of resource
        /// types.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum StepKind {
            $(#[doc = $name] $kind,)*
        }

        impl StepKind {
    /// The setting that says who runs the vendor's program of such a step.
    pub fn mode(self) -> Option<&'static str> {
        match self {
            Self::Software | Self::SpareSoftware => Some("installer.mode"),
            Self::DirectoryServer => Some("directory.mode"),
            Self::ConfigurePrimary | Self::ConfigureSecondary => Some("configurator.mode"),
            _ => None,
        }
    }

            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$kind),*];

            /// As it is written, in kebab case: `vfstab-entry`.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$kind => $name,)*
                }
            }
        }
    };
}

kinds! {
    Record = "record",
    Preflight = "preflight",
    Accounts = "accounts",
    Prerequisites = "prerequisites",
    MountDirectory = "mount-directory",
    VfstabEntry = "vfstab-entry",
    FileSystem = "file-system",
    MountGlobal = "mount-global",
    Software = "software",
    InstalledTree = "installed-tree",
    SpareSoftware = "spare-software",
    DirectoryServer = "directory-server",
    Agent = "agent",
    ResourceTypes = "resource-types",
    ResourceGroup = "resource-group",
    LogicalHost = "logical-host",
    Online = "online",
    HaspResource = "hasp-resource",
    HaspEnable = "hasp-enable",
    HoldPrimary = "hold-primary",
    ConfigurePrimary = "configure-primary",
    CarryState = "carry-state",
    SwitchSecondary = "switch-secondary",
    LinkSecondary = "link-secondary",
    ConfigureSecondary = "configure-secondary",
    Links = "links",
    Backup = "backup",
    HaBlock = "ha-block",
    ServiceResource = "service-resource",
    ServiceEnable = "service-enable",
    DropState = "drop-state",
    SwitchBack = "switch-back",
    Prove = "prove",
    Complete = "complete",
    DebugLevel = "debug-level",
    DebugFile = "debug-file",
    DebugRetell = "debug-retell",
    DebugSyslog = "debug-syslog",
    DebugReload = "debug-reload",
    ServiceStart = "service-start",
    ServiceStop = "service-stop",
    ServiceRestart = "service-restart",
    ServiceFailover = "service-failover",
    ServiceRemove = "service-remove",
    AloneDirectory = "alone-directory",
    AloneEntry = "alone-entry",
    AloneMount = "alone-mount",
    AloneLink = "alone-link",
    AloneUnlink = "alone-unlink",
    TypeRegister = "type-register",
    TypeDown = "type-down",
    TypeVersion = "type-version",
    TypeUp = "type-up",
    TypeUnregister = "type-unregister",
}

impl StepKind {
    /// What a step with this id is.
    pub fn of_id(id: &str) -> Option<Self> {
        let is = |kind: &Self| {
            id.strip_prefix(kind.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        Self::ALL.iter().copied().find(is)
    }

    /// The setting that says how long calha waits for the commands of a step with this id.
    pub fn limit_of(id: &str) -> &'static str {
        match Self::of_id(id) {
            Some(
                Self::Software
                | Self::SpareSoftware
                | Self::DirectoryServer
                | Self::ConfigurePrimary
                | Self::ConfigureSecondary,
            ) => "limit.vendor",
            Some(
                Self::Record
                | Self::Accounts
                | Self::DebugFile
                | Self::DebugRetell
                | Self::DebugReload,
            ) => "limit.query",
            _ => "limit.cluster",
        }
    }
}

impl fmt::Display for StepKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::StepKind;

    /// A step's id ends in its instance's name: it must be clear where the kind ends.
    #[test]
    fn no_kind_begins_with_another_and_a_hyphen() {
        for one in StepKind::ALL {
            let longer = format!("{one}-");
            let other = StepKind::ALL.iter().find(|k| k.as_str().starts_with(&longer));
            assert_eq!(other, None, "{one}");
        }
    }
}
