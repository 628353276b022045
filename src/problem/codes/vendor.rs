use super::code;
use crate::problem::Code;
use crate::problem::Effect::{Blocks, Ends, Said};

/// The vendor's programs and what they leave.
pub const CODES: &[Code] = &[
    code(
        "software.incomplete",
        Blocks,
        "The tree of Calendar Server lacks directories after the installer.",
        "Run the installer again on that node, with Calendar Server selected.",
    ),
    code(
        "spare.packages",
        Said,
        "A node on standby lacks packages that the node of an installation has. Programs on shared disks find their shared components on the node they run on.",
        "Add those that the installer brought: pkgadd -d MEDIUM PACKAGE. A node's own are of no interest.",
    ),
    code(
        "calendar.configured",
        Blocks,
        "Calendar Server is configured already, by somebody else.",
        "Move that configuration away, or use a node that has none. Accepting it runs the configurator over it.",
    ),
    code(
        "calendar.data",
        Blocks,
        "The directory of the calendar database is not empty, and nothing says what the configurator makes of a database that it finds.",
        "Back it up, or move it away. Accepting it runs the configurator with the database where it is.",
    ),
    code(
        "calendar.left",
        Said,
        "An ics.conf that an earlier installation of this instance left is written anew.",
        "Nothing has to be done. What was changed in it by hand is lost; a copy of the shared file system has it.",
    ),
    code(
        "configurator.state-missing",
        Blocks,
        "The state file for a silent run is not there.",
        "Record one: csconfigurator.sh -saveState, or set configurator.mode to attended.",
    ),
    code(
        "configurator.state-of-another",
        Blocks,
        "The state file names what belongs to another instance (E14).",
        "Give each instance a state file of its own; %i in the path stands for its name.",
    ),
    code(
        "configurator.service-enabled",
        Blocks,
        "The configurator must not run while the service may be running.",
        "Disable the resource first: scswitch -n -j RESOURCE.",
    ),
    code(
        "configurator.failed",
        Ends,
        "A task of the configurator failed, whatever its exit status was (E65).",
        "Read the log that is named, put it right, and go on: it is run again.",
    ),
    code(
        "links.wrong",
        Blocks,
        "A link in the tree of Calendar Server leads elsewhere, or is a directory.",
        "Put it right by hand as the message shows, then go on.",
    ),
    code(
        "ports.watcher",
        Blocks,
        "Two instances that may run on one node have the same port of the watcher (E70).",
        "Give them different watcher-port settings.",
    ),
    code(
        "ports.equal",
        Said,
        "Two instances that may run on one node use the same other ports.",
        "Check that both bind their own address only; else change ics.conf.",
    ),
];
