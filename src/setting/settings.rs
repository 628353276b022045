//! The typed result: everything an installation needs to know, complete and valid. Later rooms see
//! these types and never a raw answer. How values are obtained and checked is not known here.

use std::collections::BTreeMap;

use super::SecretRef;
use crate::node::{BecomeProgram, Command, NodeName, NodePath};

/// Everything an installation needs to know: typed, complete and valid. Nothing outside `setting`
/// sees a raw answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    pub cluster: Cluster,
    pub account: Account,
    /// In the order of the profile: one in the asymmetric model, two in the symmetric, N in N+1.
    pub instances: Vec<Instance>,
    pub installer: Installer,
    pub configurator: Configurator,
    pub directory: Directory,
    pub limits: Limits,
}

impl Settings {
    /// The instances that are installed on a node: on each node of theirs, or where they begin if
    /// their programs lie on shared disks.
    pub fn installed_on(&self, node: &NodeName) -> Vec<&Instance> {
        let is_there = |i: &&Instance| {
            if i.shares_programs() { i.nodes.first() == Some(node) } else { i.nodes.contains(node) }
        };
        self.instances.iter().filter(is_there).collect()
    }

    /// Variables of the environment that hold passwords.
    pub fn secret_variables(&self) -> Vec<String> {
        let given = self.cluster.becomes.values().chain(&self.directory.becomes);
        given.filter_map(|given| given.password.as_ref()?.variable()).collect()
    }

    /// Nodes that run programs from shared disks and on which nothing is installed.
    pub fn spares(&self) -> Vec<NodeName> {
        let runs = |n: &NodeName| self.instances.iter().any(|i| i.nodes.contains(n));
        let nodes = self.cluster.nodes.iter();
        nodes.filter(|n| runs(n) && self.installed_on(n).is_empty()).cloned().collect()
    }

    /// The file in which the installation of a spare node is recorded, beside those of the
    /// instances.
    pub fn spare_state_file(&self) -> Option<NodePath> {
        let file = self.installer.state_file.as_ref()?.as_str();
        let own =
            if file.contains("%i") { file.replace("%i", "spare") } else { format!("{file}.spare") };
        NodePath::new(own).ok()
    }
}

/// Section 6.1: which of the three models.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Model {
    /// One instance, one node active (6.1.1).
    Asymmetric,
    /// Two instances, each node active for one and on standby for the other (6.1.2).
    Symmetric,
    /// N instances on a node each, and one spare node for all (6.1.3).
    NPlusOne,
}

impl Model {
    /// All models, in the order of the guide.
    pub const ALL: [Self; 3] = [Self::Asymmetric, Self::Symmetric, Self::NPlusOne];

    /// Its name in a profile.
    pub fn name(self) -> &'static str {
        match self {
            Self::Asymmetric => "asymmetric",
            Self::Symmetric => "symmetric",
            Self::NPlusOne => "n-plus-one",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    pub name: String,
    pub model: Model,
    /// Preference order; the first is the primary. Spelt as `scstat -n` prints them (E28).
    pub nodes: Vec<NodeName>,
    pub connections: BTreeMap<NodeName, Connection>,
    /// Where the connection does not lead to the superuser.
    pub becomes: BTreeMap<NodeName, Become>,
    /// Full name of the storage's resource type; absent = the version that is registered.
    pub hasp_type: Option<String>,
    /// The same for the service.
    pub service_type: Option<String>,
}

/// How a host is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Connection {
    /// A shell on this machine.
    Local,
    /// `ssh` with the administrator's own configuration; the destination and extra options.
    Ssh { destination: String, options: Vec<String> },
    /// Any command that gives a shell on standard input and output.
    Command(Vec<String>),
    /// Nobody reaches it; the operator does what is to be done there.
    None,
}

/// How the user of a connection becomes the superuser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Become {
    pub program: BecomeProgram,
    pub password: Option<SecretRef>,
}

/// Runtime user and group of Calendar Server, equal on all nodes (E71).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub user: String,
    pub group: String,
    pub uid: u32,
    pub gid: u32,
}

/// One Calendar Server with its resource group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    pub name: String,
    /// The nodes of its group, the preferred one first: two, whatever the cluster has.
    pub nodes: Vec<NodeName>,
    pub install_root: NodePath,
    pub cal_svr_base: NodePath,
    pub var_dir: NodePath,
    pub share_dir: NodePath,
    /// The shared directory's own.
    pub file_system: FileSystem,
    /// Those of the install root and the variable directory, where the programs lie on shared disks
    /// (6.7.1); else none.
    pub program_file_systems: Vec<FileSystem>,
    pub directories: Directories,
    pub resource_group: String,
    pub logical_host: LogicalHost,
    pub hasp_resource: String,
    pub hasp_description: String,
    pub service_resource: String,
    /// TCP port that cshttpd listens on.
    pub port: u16,
    /// Port of the watcher, of which a host has one (E70); absent = the product's own.
    pub watcher_port: Option<u16>,
}

impl Instance {
    /// Every file system that follows the group, in the order in which the guide lists mount points
    /// (6.7.2).
    pub fn file_systems(&self) -> Vec<&FileSystem> {
        let (roots, rest): (Vec<_>, Vec<_>) =
            self.program_file_systems.iter().partition(|fs| fs.mount_point == self.install_root);
        roots.into_iter().chain([&self.file_system]).chain(rest).collect()
    }

    /// Whether the programs lie on a shared disk, so that they are installed and configured once
    /// and move along.
    pub fn shares_programs(&self) -> bool {
        self.program_file_systems.iter().any(|fs| fs.mount_point == self.install_root)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileSystemKind {
    /// Mounted on one node at a time by HAStoragePlus (FFS).
    Failover,
    /// Mounted on all nodes, option `global` (CFS).
    Cluster,
}

/// The vfstab entry of a file system that is shared (6.6.1, 6.7.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileSystem {
    pub kind: FileSystemKind,
    pub mount_point: NodePath,
    pub block_device: NodePath,
    pub raw_device: NodePath,
    pub fs_type: String,
    pub fsck_pass: String,
    pub mount_at_boot: bool,
    pub options: String,
}

impl FileSystem {
    /// Longest line, in bytes without its newline, that getvfsent(3C) reads: VFS_LINE_MAX, 1024, is
    /// for newline and final NUL too.
    pub const LONGEST_ENTRY: usize = 1022;
}

/// What the directory panels of the configurator are given (6.6.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directories {
    pub config: NodePath,
    pub database: NodePath,
    pub store: NodePath,
    pub logs: NodePath,
    pub tmp: NodePath,
    pub archive: NodePath,
    pub hotbackup: NodePath,
}

impl Directories {
    /// The server's file of parameters.
    pub fn ics_conf(&self) -> NodePath {
        self.config.join("ics.conf")
    }
}

/// Four values that the guide prints as one (E18).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogicalHost {
    pub name: String,
    pub fqdn: String,
    pub address: std::net::Ipv4Addr,
    pub resource: String,
    pub description: String,
    /// `ipmp0@1,ipmp0@2`, by node id; absent = the cluster works it out from the subnet.
    pub netiflist: Option<String>,
}

/// Who runs a vendor's program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunMode {
    /// calha, from a state file that the administrator gives.
    Silent,
    /// calha starts it on a terminal of its own and the administrator answers it.
    Attended,
    /// The operator, by instructions; calha verifies the effect.
    Operator,
}

/// Which installer it is, as far as that makes a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InstallerKind {
    /// That of Communications Suite 5: it installs a product once on a host and refuses a second
    /// install root.
    Suite5,
    /// commpkg of Communications Suite 6, which allows several.
    Commpkg,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installer {
    pub kind: InstallerKind,
    pub mode: RunMode,
    /// Path of the Communications Suite installer on each node; always present unless the mode is
    /// `Operator`.
    pub program: Option<NodePath>,
    /// Present when the mode is `Silent`.
    pub state_file: Option<NodePath>,
}

impl Installer {
    /// How it is called, with the state file of a silent run; nothing where only the operator
    /// knows.
    pub fn command(&self, state_file: Option<&NodePath>) -> Option<Command> {
        let silent = state_file.filter(|_| self.mode == RunMode::Silent).map(NodePath::as_str);
        let args = match (self.kind, silent) {
            (InstallerKind::Suite5, Some(file)) => {
                vec!["-nodisplay", "-noconsole", "-state", file]
            }
            (InstallerKind::Suite5, None) => vec!["-nodisplay"],
            (InstallerKind::Commpkg, Some(file)) => {
                vec!["install", "--acceptLicense", "--silent", file]
            }
            (InstallerKind::Commpkg, None) => vec!["install"],
        };
        Some(Command::new(self.program.as_ref()?.as_str(), args))
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Configurator {
    pub mode: RunMode,
    /// State file on the primary node. Given by the administrator when the mode is `Silent`; else
    /// where the first run is told to record, in the record unless it is named.
    pub state_file: Option<NodePath>,
    /// `-state` unless the release wants another (E32).
    pub state_option: String,
    /// `-saveState` unless the release wants another.
    pub record_option: String,
    /// `-nodisplay -noconsole -novalidate`.
    pub silent_options: Vec<String>,
}

/// The directory server host and what comm_dssetup.pl needs to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directory {
    pub host: NodeName,
    pub port: u16,
    pub connection: Connection,
    pub becomes: Option<Become>,
    pub mode: RunMode,
    /// Full path of comm_dssetup.pl there.
    pub program: NodePath,
    /// `-c`
    pub server_root: NodePath,
    /// `-d`
    pub instance: String,
    /// `-r`
    pub dc_suffix: String,
    /// `-u`
    pub user_group_suffix: String,
    /// `-D`
    pub manager_dn: String,
    /// `-t`: "1", "1.5" or "2".
    pub schema_type: String,
    /// The option letter with which this release reads the password from a file, with its dash;
    /// needed for `Silent` (never `-w`).
    pub password_file_option: Option<String>,
    /// A file on the directory server host, 0600; needed for `Silent`.
    pub password_file: Option<NodePath>,
}

/// Time limits, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// A read-only query.
    pub query: u64,
    /// A cluster command (method timeouts of HAStoragePlus reach 1800 s).
    pub cluster: u64,
    /// A vendor's installer or configurator.
    pub vendor: u64,
}
