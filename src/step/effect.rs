//! What each step brings about, what shows that, and what would look like it: the table by which a
//! program that lies is found. A step without a row does not compile. The questions themselves are
//! the steps' own; `guide::effects_page` prints them beside this.

use super::StepKind;

/// The row of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effect {
    /// What is true once it is done.
    pub is: &'static str,
    /// What would look like it, and is not.
    pub alike: &'static str,
    /// How that is told apart.
    pub told: &'static str,
    /// Whether a proof that could not be had leaves `verify` with status 0.
    pub optional: bool,
}

const fn row(is: &'static str, alike: &'static str, told: &'static str) -> Effect {
    Effect { is, alike, told, optional: false }
}

/// The same, of a step that leaves nothing that `verify` would have to prove.
const fn passing(is: &'static str, alike: &'static str, told: &'static str) -> Effect {
    Effect { optional: true, ..row(is, alike, told) }
}

impl StepKind {
    /// What it brings about.
    pub const fn effect(self) -> Effect {
        match self {
            Self::Record
            | Self::Preflight
            | Self::Accounts
            | Self::Prerequisites
            | Self::MountDirectory
            | Self::VfstabEntry
            | Self::MountGlobal => prepares(self),

            Self::Software
            | Self::InstalledTree
            | Self::SpareSoftware
            | Self::DirectoryServer
            | Self::ConfigurePrimary
            | Self::ConfigureSecondary
            | Self::CarryState
            | Self::LinkSecondary
            | Self::Links
            | Self::Backup
            | Self::HaBlock
            | Self::DropState => configures(self),

            Self::ResourceTypes
            | Self::ResourceGroup
            | Self::LogicalHost
            | Self::Online
            | Self::HaspResource
            | Self::HaspEnable
            | Self::HoldPrimary
            | Self::SwitchSecondary
            | Self::ServiceResource
            | Self::ServiceEnable
            | Self::SwitchBack
            | Self::Prove
            | Self::Complete => serves(self),

            _ => besides(self),
        }
    }
}

/// Of what nodes need before anything is installed.
const fn prepares(step: StepKind) -> Effect {
    match step {
        StepKind::Record => row(
            "What the cluster and /etc/vfstab said before is kept on each node.",
            "An empty file: the command that was to fill it failed.",
            "The command's status is asked with its file.",
        ),

        StepKind::Preflight | StepKind::Prerequisites => passing(
            "Every node is as the installation needs it.",
            "Silence: a question that was not answered.",
            "No answer is a finding or \"not known\", never a yes.",
        ),

        StepKind::Accounts => row(
            "User and group have the same numbers on every node.",
            "The names with other numbers; an entry of /etc/passwd that getent does not give.",
            "getent is asked for name and numbers.",
        ),

        StepKind::MountDirectory => row(
            "The directory that is mounted on is there.",
            "A link or a file of that name.",
            "Its kind is asked, not that something is there.",
        ),

        StepKind::VfstabEntry => row(
            "/etc/vfstab has the entry, on every node alike.",
            "A second entry for the mount point or the device; a line that nothing reads.",
            "The whole table is read as the system reads it.",
        ),

        _ => row(
            "The cluster file system is mounted.",
            "A directory of that name on the node's own disk; a stale /etc/mnttab.",
            "/etc/mnttab and df(1M) have to agree.",
        ),
    }
}

/// Of what is installed and configured.
const fn configures(step: StepKind) -> Effect {
    match step {
        StepKind::Software => row(
            "Calendar Server's programs lie below the install root.",
            "The package below another root; a package record without programs.",
            "Both are asked: the package, and the configurator's program at its path.",
        ),

        StepKind::InstalledTree => row(
            "cal-svr-base holds what 6.6.3 lists.",
            "Half a tree after an installer that said that all is well.",
            "The entries are listed and compared.",
        ),

        StepKind::SpareSoftware => row(
            "The spare has the packages that programs on shared disks need.",
            "Calendar Server's own tree, which comes with the shared disk.",
            "pkginfo of both nodes is compared.",
        ),

        StepKind::DirectoryServer => row(
            "The directory knows Calendar Server's attributes.",
            "The schema of an earlier release; a schema without its indexes.",
            "The attributes are asked. Releases and indexes cannot be told apart: not proved.",
        ),

        StepKind::ConfigurePrimary | StepKind::ConfigureSecondary => row(
            "ics.conf, and the seven directories on the shared file system, as the profile says.",
            "\"All Tasks Passed\" with the database on the node's own disk, with half its tasks \
             done, or with another instance's directories; a last sentence that nobody knows.",
            "The parameters that are documented, every other path in ics.conf, owners, output and \
             log are read. What only words say is a question.",
        ),

        StepKind::CarryState => passing(
            "The state file lies on the shared file system, for root alone.",
            "An older copy.",
            "Sums of both are compared.",
        ),

        _ => links(step),
    }
}

/// Of links, and of what is edited and carried for them.
const fn links(step: StepKind) -> Effect {
    match step {
        StepKind::LinkSecondary => row(
            "`config` leads to the shared configuration on the second node.",
            "A directory of that name; a link elsewhere.",
            "The target is read.",
        ),

        StepKind::Links => row(
            "`config` and `data` lead to the instance's own, and only the cluster starts it.",
            "A link that the configurator deleted; a link into a node's own disk; a start script.",
            "Targets are read; entries of /etc/rc?.d and services of SMF that name cal-svr-base \
             are looked for. More cannot be seen.",
        ),

        StepKind::Backup => passing(
            "ics.conf as the configurator left it is kept beside it.",
            "A copy of an earlier configuration.",
            "Sums are compared before the block is added.",
        ),

        StepKind::HaBlock => row(
            "The parameters of high availability count.",
            "The block with one of its parameters set again below it.",
            "ics.conf is read as the server reads it: the last one counts.",
        ),

        _ => passing(
            "The carried state file is gone.",
            "A file that cannot be seen because nothing is mounted.",
            "The mount is asked in the same line.",
        ),
    }
}

/// Of what the cluster runs.
const fn serves(step: StepKind) -> Effect {
    match step {
        StepKind::ResourceTypes => row(
            "The types are registered.",
            "Another type whose name begins alike; a cluster that does not answer.",
            "Whole names of all registered types are compared.",
        ),

        StepKind::ResourceGroup => row(
            "The group is there, with its nodes in their order.",
            "The group with the nodes the other way round.",
            "The list of nodes is read back.",
        ),

        StepKind::LogicalHost | StepKind::HaspResource | StepKind::ServiceResource => row(
            "The resource is in its group with its properties.",
            "A resource of that name in another group, or that lost a property on the way.",
            "Group, host names, mount points, description, dependencies and root are read back.",
        ),

        StepKind::Online
        | StepKind::HoldPrimary
        | StepKind::SwitchSecondary
        | StepKind::SwitchBack => passing(
            "The group is online on this node.",
            "A switch that was accepted and has not ended; a start that failed.",
            "The state is waited for; a state from which nothing gets better ends the wait.",
        ),

        StepKind::HaspEnable | StepKind::ServiceEnable => row(
            "The resource is enabled, and no method of it has failed.",
            "Enabled and failed.",
            "Switch and states on every node are asked.",
        ),

        StepKind::Prove => row(
            "The service answers on the logical address.",
            "A resource that says ONLINE while nothing listens.",
            "The socket is looked for on the node that holds the group. A connection from the \
             administrator's machine is optional.",
        ),

        _ => row(
            "Each node's record says that the installation is complete.",
            "A file of another installation.",
            "Its bytes name cluster and group.",
        ),
    }
}

/// Of debugging, of the service and of upgrades of resource types.
const fn besides(step: StepKind) -> Effect {
    match step {
        StepKind::DebugLevel | StepKind::DebugFile | StepKind::DebugSyslog => row(
            "The agent's level, its log file and the entry of /etc/syslog.conf are there.",
            "An entry with blanks, which syslogd does not read.",
            "The file is read as syslogd reads it.",
        ),

        StepKind::DebugReload | StepKind::DebugRetell => passing(
            "syslogd has read its configuration again.",
            "A signal that nobody got.",
            "Only messages in the log show it.",
        ),

        StepKind::ServiceStart
        | StepKind::ServiceStop
        | StepKind::ServiceRestart
        | StepKind::ServiceFailover
        | StepKind::ServiceRemove => passing(
            "The service is where it was sent.",
            "A command that was accepted and a method that failed.",
            "States and the socket are asked afterwards.",
        ),

        StepKind::AloneDirectory
        | StepKind::AloneEntry
        | StepKind::AloneMount
        | StepKind::AloneLink
        | StepKind::AloneUnlink => alone(step),

        StepKind::TypeRegister | StepKind::TypeUnregister => row(
            "The version is registered, or is not any more.",
            "Another version; a cluster that does not answer.",
            "Whole names of all registered types are compared.",
        ),

        StepKind::TypeDown | StepKind::TypeUp => passing(
            "Resources and groups are in the state that the upgrade needs.",
            "A state on the way.",
            "Each resource's switch and state are waited for.",
        ),

        _ => row(
            "The resource is of the new version.",
            "The old version, when Validate refused.",
            "Its type is read back.",
        ),
    }
}

/// Of a server that stays on one node without its cluster.
const fn alone(step: StepKind) -> Effect {
    match step {
        StepKind::AloneDirectory => prepares(StepKind::MountDirectory),

        StepKind::AloneEntry => row(
            "/etc/vfstab of the node that keeps the server has the entry.",
            "The entry as the cluster had it.",
            "All seven fields are compared.",
        ),

        StepKind::AloneLink => row(
            "`config` leads to the configuration on that node.",
            "A directory of that name; a link elsewhere.",
            "The target is read.",
        ),

        StepKind::AloneUnlink => row(
            "No other node has a link to what is not mounted there.",
            "A link of that name that leads elsewhere.",
            "The target is read.",
        ),

        _ => row(
            "The file system is mounted there; configuration and links lead to it.",
            "It is mounted on another node; an ics.conf with parameters of high availability.",
            "Other nodes are asked before. The file is read, and names of hosts in it are told: \
             their change is the administrator's.",
        ),
    }
}
