//! Codes of vendors' programs and of what they leave on the nodes.

codes! {
    SOFTWARE_INCOMPLETE: Code(
        "software.incomplete",
        Blocks,
        "The tree of Calendar Server lacks directories after the installer.",
        "Run the installer again on that node, with Calendar Server selected.",
    ),
    SPARE_PACKAGES: Code(
        "spare.packages",
        Said,
        "A node on standby lacks packages that the node of an installation has. Programs on \
         shared disks find their shared components on the node they run on.",
        "Add those that the installer brought: pkgadd -d MEDIUM PACKAGE. A node's own are of no \
         interest.",
    ),
    CALENDAR_CONFIGURED: Code(
        "calendar.configured",
        Blocks,
        "Calendar Server is configured already, by somebody else.",
        "Move that configuration away, or use a node that has none. Accepting it runs the \
         configurator over it.",
    ),
    CALENDAR_DATA: Code(
        "calendar.data",
        Blocks,
        "The directory of the calendar database is not empty, and nothing says what the \
         configurator makes of a database that it finds.",
        "Back it up, or move it away. Accepting it runs the configurator with the database where \
         it is.",
    ),
    CALENDAR_LEFT: Code(
        "calendar.left",
        Said,
        "An ics.conf that an earlier installation of this instance left: the configurator writes \
         it again.",
        "Nothing has to be done. What was changed in it by hand is lost; a copy of the shared \
         file system has it.",
    ),
    CONFIGURATOR_STATE_MISSING: Code(
        "configurator.state-missing",
        Blocks,
        "The state file of the configurator is not there.",
        "Record one: csconfigurator.sh -saveState, or set configurator.mode to attended.",
    ),
    CONFIGURATOR_STATE_OF_ANOTHER: Code(
        "configurator.state-of-another",
        Blocks,
        "The state file names what belongs to another instance (E14).",
        "Give each instance a state file of its own; %i in the path stands for its name.",
    ),
    CONFIGURATOR_SERVICE_ENABLED: Code(
        "configurator.service-enabled",
        Blocks,
        "The configurator must not run while the service may be running.",
        "Disable the resource first: scswitch -n -j RESOURCE.",
    ),
    CONFIGURATOR_FAILED: Code(
        "configurator.failed",
        Ends,
        "A task of the configurator failed, whatever its exit status was (E65).",
        "Put right what the log says that is named, and go on: the configurator is run again.",
    ),
    CONFIGURATOR_UNCLEAR: Code(
        "configurator.unclear",
        Asks,
        "Nothing says that the configurator failed and nothing that it passed: its last sentence \
         is unknown, its status is not 0, or no log or several may be of its run.",
        "Look at the evidence and at the log below /var/sadm/install/logs; accept it when every \
         task passed.",
    ),
    CONFIGURATOR_DIRECTORY: Code(
        "configurator.directory",
        Blocks,
        "ics.conf has the database, the archive, the hot backup or the logs elsewhere than the \
         profile, on a node's own disk perhaps, or names what belongs to another instance; or a \
         directory is reached by a link or a mount and lies elsewhere.",
        "Put the state file or the answers right, and let the configurator run again; where the \
         directory lies elsewhere, do what the message says.",
    ),
    CONFIGURATOR_PATH: Code(
        "configurator.path",
        Asks,
        "ics.conf names a path that lies neither on the instance's shared file systems nor below \
         its install root. What is there does not move with the service.",
        "Accept it when nothing that has to move is there; else put it right in ics.conf.",
    ),
    CONFIGURATOR_OWNER: Code(
        "configurator.owner",
        Blocks,
        "One of the seven directories is not there, is a link, or is not the service account's.",
        "Make it, or give it to the account, as the message shows.",
    ),
    CONFIGURATOR_BOOT: Code(
        "configurator.starts-at-boot",
        Blocks,
        "Something starts Calendar Server when the node boots: \"start on system startup\" was \
         left on. Only the cluster may start it.",
        "Remove the entries that are named, or disable the service of SMF.",
    ),
    CONFIGURATOR_BOOT_UNKNOWN: Code(
        "configurator.boot-unknown",
        Asks,
        "Whether something starts Calendar Server when the node boots could not be seen.",
        "Look for start-cal below /etc/rc?.d on that node.",
    ),
    LINKS_ELSEWHERE: Code(
        "links.elsewhere",
        Asks,
        "The link data leads to where nothing moves with the service. Where the product wants it \
         to lead is documented nowhere.",
        "Accept it when nothing that has to move is there; else make it lead to the shared \
         directory.",
    ),
    LINKS_WRONG: Code(
        "links.wrong",
        Blocks,
        "A link in the tree of Calendar Server leads elsewhere, or is a directory.",
        "Put it right by hand as the message shows, then go on.",
    ),
    DIRECTORY_RELEASE: Code(
        "directory.release",
        Asks,
        "The directory knows Calendar Server's attributes already, and no documented attribute \
         tells of which release they are.",
        "Run comm_dssetup.pl of this release once, as the step shows, and accept it then: that is \
         recorded as your word.",
    ),
    LINKS_NODE_FILES: Code(
        "links.node-files",
        Asks,
        "Files that the configurator left on one node are missing on the other, where the service \
         runs after a failover.",
        "Carry them over as the message shows; accept it when the service does without them.",
    ),
    PORTS_WATCHER: Code(
        "ports.watcher",
        Blocks,
        "Two instances that may run on one node have the same port of the watcher (E70).",
        "Give them different watcher-port settings.",
    ),
    PORTS_EQUAL: Code(
        "ports.equal",
        Said,
        "Two instances that may run on one node use the same other ports.",
        "Check that both bind their own address only; else change ics.conf.",
    ),
}
