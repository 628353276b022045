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
        "An ics.conf that an earlier installation of this instance left is written anew.",
        "Nothing has to be done. What was changed in it by hand is lost; a copy of the shared \
         file system has it.",
    ),
    CONFIGURATOR_STATE_MISSING: Code(
        "configurator.state-missing",
        Blocks,
        "The state file for a silent run is not there.",
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
        "Read the log that is named, put it right, and go on: it is run again.",
    ),
    LINKS_WRONG: Code(
        "links.wrong",
        Blocks,
        "A link in the tree of Calendar Server leads elsewhere, or is a directory.",
        "Put it right by hand as the message shows, then go on.",
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
