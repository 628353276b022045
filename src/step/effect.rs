//! What each step brings about, what shows that, and what would look like it: the table by which a
//! program that lies is found. A kind of step without a row does not
//! compile. The questions themselves are the steps' own; `guide::effects_page` prints them beside
//! this.

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

macro_rules! effects {
    ($($($kind:ident)|+: $make:ident($($word:expr),+ $(,)?);)*) => {
        impl StepKind {
            /// What it brings about.
            pub const fn effect(self) -> Effect {
                match self {
                    $($(Self::$kind)|+ => $make($($word),+),)*
                }
            }
        }
    };
}

effects! {
    Record: row(
        "What the cluster and /etc/vfstab said before is kept on each node.",
        "An empty file: the command that was to fill it failed.",
        "The command's status is asked with its file.",
    );

    Preflight | Prerequisites: passing(
        "Every node is as the installation needs it.",
        "Silence: a question that was not answered.",
        "No answer is a finding or \"not known\", never a yes.",
    );

    Accounts: row(
        "User and group have the same numbers on every node.",
        "The names with other numbers; an entry of /etc/passwd that getent does not give.",
        "getent is asked for name and numbers.",
    );

    Agent: row(
        "The agent's package is installed on every node.",
        "Its type, registered in the cluster from another node.",
        "pkginfo is asked on each node.",
    );

    FileSystem: passing(
        "Every volume has a file system.",
        "fstyp(1M) that cannot read the volume, or knows no such file system.",
        "A block of the volume is read; where that fails it is \"not known\".",
    );

    MountDirectory | AloneDirectory: row(
        "The directory that is mounted on is there.",
        "A link or a file of that name.",
        "Its kind is asked, not that something is there.",
    );

    VfstabEntry: row(
        "/etc/vfstab has the entry, on every node alike.",
        "A second entry for the mount point or the device; a line that nothing reads.",
        "The whole table is read as the system reads it.",
    );

    MountGlobal: row(
        "The cluster file system is mounted.",
        "A directory of that name on the node's own disk; a stale /etc/mnttab.",
        "/etc/mnttab and df(1M) have to agree.",
    );

    Software: row(
        "Calendar Server's programs lie below the install root.",
        "The package below another root; a package record without programs.",
        "Both are asked: the package, and the configurator's program at its path.",
    );

    InstalledTree: row(
        "cal-svr-base holds what 6.6.3 lists.",
        "Half a tree after an installer that said that all is well.",
        "The entries are listed and compared.",
    );

    SpareSoftware: row(
        "The spare has the packages that programs on shared disks need.",
        "Calendar Server's own tree, which comes with the shared disk.",
        "pkginfo of both nodes is compared.",
    );

    DirectoryServer: row(
        "The directory knows Calendar Server's attributes.",
        "The schema of an earlier release; half a schema; a schema without its indexes.",
        "Both attributes that the program's manual names are asked, and the status of its run, or \
        somebody's word. Releases, the rest of the schema and indexes are not proved.",
    );

    ConfigurePrimary | ConfigureSecondary: row(
        "ics.conf, and the seven directories on the shared file system, as the profile says.",
        "\"All Tasks Passed\" with the database on the node's own disk, with half its tasks \
        done, or with another instance's directories; a directory that a link or a mount takes \
        elsewhere; a last sentence that nobody knows.",
        "The parameters that are documented, every other path in ics.conf, owners, links and \
        mounts below the shared directory, output and log are read: the log that the output \
        names, else the one since the run began. What only words say is a question.",
    );

    CarryState: passing(
        "The state file lies on the shared file system, for root alone.",
        "An older copy.",
        "Sums of both are compared.",
    );

    LinkSecondary: row(
        "`config` leads to the shared configuration on the second node.",
        "A directory of that name; a link elsewhere.",
        "The target is read.",
    );

    Links: row(
        "`config` and `data` lead to the instance's own, and only the cluster starts it.",
        "A link that the configurator deleted; a link into a node's own disk, or by another link; \
        a start script.",
        "Targets are read, and df(1M) tells where they end; entries of /etc/rc?.d and services of \
        SMF that name cal-svr-base are looked for. More cannot be seen.",
    );

    Backup: passing(
        "ics.conf as the configurator left it is kept beside it.",
        "A copy of an earlier configuration.",
        "Sums are compared before the block is added.",
    );

    HaBlock: row(
        "The parameters of high availability count.",
        "The block with one of its parameters set again below it.",
        "ics.conf is read as the server reads it: the last one counts.",
    );

    DropState: passing(
        "The carried state file is gone.",
        "A file that cannot be seen because nothing is mounted.",
        "The mount is asked in the same line.",
    );

    ResourceTypes: row(
        "The types are registered.",
        "Another type whose name begins alike; a cluster that does not answer.",
        "Whole names of all registered types are compared.",
    );

    ResourceGroup: row(
        "The group is there, with its nodes in their order.",
        "The group with the nodes the other way round.",
        "The list of nodes is read back.",
    );

    LogicalHost | HaspResource | ServiceResource: row(
        "The resource is in its group with its properties.",
        "A resource of that name in another group, or that lost a property on the way.",
        "Group, type, host names, mount points, description, dependencies and root are read back.",
    );

    Online | HoldPrimary | SwitchSecondary | SwitchBack: passing(
        "The group is online on this node.",
        "A switch that was accepted and has not ended; a start that failed.",
        "The state is waited for; a state from which nothing gets better ends the wait.",
    );

    HaspEnable | ServiceEnable: row(
        "The resource is enabled, and no method of it has failed.",
        "Enabled and failed.",
        "Switch and states on every node are asked.",
    );

    Prove: row(
        "The service answers on the logical address.",
        "A resource that says ONLINE while nothing listens, while its monitor says that it is \
        faulted, or over a file system that somebody unmounted.",
        "States, what monitors say, the mounts and their devices, and the socket are asked on the \
        node that holds the group. A connection from the administrator's machine is optional.",
    );

    Complete: row(
        "Each node's record says that the installation is complete.",
        "A file of another installation.",
        "Its bytes name cluster and group.",
    );

    DebugLevel | DebugFile | DebugSyslog: row(
        "The agent's level, its log file and the entry of /etc/syslog.conf are there.",
        "An entry with blanks, which syslogd does not read.",
        "The file is read as syslogd reads it.",
    );

    DebugReload | DebugRetell: passing(
        "syslogd has read its configuration again.",
        "A signal that nobody got.",
        "Only messages in the log show it.",
    );

    ServiceStart | ServiceStop | ServiceRestart | ServiceFailover | ServiceRemove: passing(
        "The service is where it was sent.",
        "A command that was accepted and a method that failed.",
        "States and the socket are asked afterwards.",
    );

    TypeRegister | TypeUnregister: row(
        "The version is registered, or is not any more.",
        "Another version; a cluster that does not answer.",
        "Whole names of all registered types are compared.",
    );

    TypeDown | TypeUp: passing(
        "Resources and groups are in the state that the upgrade needs.",
        "A state on the way.",
        "Each resource's switch and state are waited for.",
    );

    TypeVersion: row(
        "The resource is of the new version.",
        "The old version, when Validate refused.",
        "Its type is read back.",
    );

    AloneEntry: row(
        "/etc/vfstab of the node that keeps the server has the entry.",
        "The entry as the cluster had it.",
        "All seven fields are compared.",
    );

    AloneLink: row(
        "`config` leads to the configuration on that node.",
        "A directory of that name; a link elsewhere.",
        "The target is read.",
    );

    AloneUnlink: row(
        "No other node has a link to what is not mounted there.",
        "A link of that name that leads elsewhere.",
        "The target is read.",
    );

    AloneMount: row(
        "The file system is mounted there; configuration and links lead to it.",
        "It is mounted on another node; an ics.conf with parameters of high availability.",
        "Other nodes are asked before. The file is read, and names of hosts in it are told: \
        their change is the administrator's.",
    );
}
