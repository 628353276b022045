//! The headings under which settings are asked, printed in the example and listed in the reference.
//! A heading names the section or table of the guide. The order of keys within a group is the
//! registry's.

/// The settings that one table or section of the guide asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    Cluster,
    Node,
    Account,
    Directories,
    FileSystem,
    Panels,
    Resources,
    Address,
    Installer,
    Configurator,
    Directory,
    Limit,
}

impl Group {
    /// All groups, in the order of the example and the reference page.
    pub const ALL: [Self; 12] = [
        Self::Cluster,
        Self::Node,
        Self::Account,
        Self::Directories,
        Self::FileSystem,
        Self::Panels,
        Self::Resources,
        Self::Address,
        Self::Installer,
        Self::Configurator,
        Self::Directory,
        Self::Limit,
    ];

    /// The heading of the group.
    pub fn title(self) -> &'static str {
        match self {
            Self::Cluster => "The cluster and its model (6.1, 6.3)",
            Self::Node => "How each node is reached",
            Self::Account => "Runtime user and group, equal on all nodes (6.6.3, E71)",
            Self::Directories => "Directory names (table 6-3)",
            Self::FileSystem => "The shared file system in /etc/vfstab (6.6.1)",
            Self::Panels => "Directory panels of the configurator (6.6.3)",
            Self::Resources => "Resource names (table 6-5)",
            Self::Address => "The logical host and its address (tables 6-5 and 6-7)",
            Self::Installer => "The Communications Suite installer (6.6.3)",
            Self::Configurator => "csconfigurator.sh (6.6.3)",
            Self::Directory => "Directory Server and comm_dssetup.pl (6.6.3)",
            Self::Limit => "Time limits",
        }
    }
}
