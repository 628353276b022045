//! What running, removing and debugging ask for (6.8 to 6.10). The installation has no steps for
//! it, except that every node is asked for the superuser before anything is changed.

use crate::guide::row::{Row, by, row};
use crate::step::StepKind::*;

pub(super) const ALL: &[Row] = &[
    by(
        "O1",
        "6.8",
        "Start the service.",
        "Enables it, brings its group online where it is not, and proves that it listens.",
        &["service start"],
    ),
    by(
        "O2",
        "6.8",
        "Fail the service over.",
        "Moves its group and waits until the service is online there.",
        &["service failover"],
    ),
    by(
        "O3",
        "6.8",
        "Stop the service.",
        "Disables its resource; address and file system stay.",
        &["service stop"],
    ),
    by(
        "O4",
        "6.8",
        "Remove the service resource.",
        "Disables it first (E39); the journal knows, and the next installation makes it again.",
        &["service remove"],
    ),
    by(
        "O5",
        "6.8",
        "Restart the service.",
        "Disables and enables it: the printed option does not exist (E37).",
        &["service restart"],
    ),
    row(
        "R1",
        "6.9",
        "Be the superuser.",
        "Asked of every node before anything is changed.",
        &[Preflight],
    ),
    by(
        "R2",
        "6.9",
        "Take the group offline.",
        "After the block is out of ics.conf, for which the disk has to be mounted.",
        &["uninstall"],
    ),
    by("R3", "6.9", "Disable each resource.", "Dependents first.", &["uninstall"]),
    by(
        "R4",
        "6.9",
        "Remove each resource.",
        "The commands that the guide leaves out (E38).",
        &["uninstall"],
    ),
    by(
        "R5",
        "6.9",
        "Remove the group.",
        "Once it is empty; a group that others use stays.",
        &["uninstall"],
    ),
    by(
        "R6",
        "6.9",
        "Unregister the types.",
        "Only those that were registered here and that nothing else uses (E40).",
        &["uninstall"],
    ),
    by(
        "R7",
        "6.9",
        "-",
        "What the guide forgets (E41): the block, links, entries of /etc/vfstab, directories; \
         only what was put there. Shared data is never deleted.",
        &["uninstall", "restore"],
    ),
    by(
        "R8",
        "6.9",
        "Stop using Sun Cluster and keep Calendar Server.",
        "--keep-server NODE: everything that made it highly available goes; NODE mounts the file \
         systems (at boot or by hand: asked), no link of another node leads into the void, names \
         in ics.conf are compared with the hosts, and the command that starts the server is shown.",
        &["uninstall --keep-server"],
    ),
    by(
        "D1",
        "6.10",
        "Make the directory of the agent's log level.",
        "On every node.",
        &["debug on"],
    ),
    by("D2", "6.10", "Set the level to 9.", "Any level from 0 to 9.", &["debug on"]),
    by(
        "D3",
        "6.10",
        "Send debug messages of daemons to a file.",
        "The file is made first, then one line is added with a TAB (E61).",
        &["debug on"],
    ),
    by(
        "D4",
        "6.10",
        "Restart syslogd.",
        "In the way of the node's release (E62); and again when debugging ends.",
        &["debug on", "debug off"],
    ),
    by(
        "D5",
        "6.10",
        "Read messages of the form SC[type,group,resource,method].",
        "Folded lines joined, also in the form of Sun Cluster 3.2; filters for each part, \
         severity and time; -f goes on, also in a new file.",
        &["debug log"],
    ),
    by(
        "D6",
        "6.10",
        "Know that the agent writes messages by two interfaces.",
        "scds_syslog_debug writes daemon.debug, as much as the level lets it; scds_syslog writes \
         info, notice and error, whatever the level. Both go to the log that is switched on, and \
         both are read.",
        &["debug on", "debug log"],
    ),
];
