//! Errata of debugging the agent (6.10) and of the sample outputs beside it.

use crate::guide::Erratum;
use crate::guide::Evidence::{Confirmed, Inferred, Recalled};

/// Debugging of the agent (6.10).
pub(super) const ALL: &[Erratum] = &[
    Erratum::new(
        "E60",
        "6.10",
        "do this on each node because /var/adm cannot be shared",
        "The level of the agent and /etc/syslog.conf are files of each node too; that is the \
         reason.",
        "calha debug on works on every node.",
        Confirmed,
    ),
    Erratum::new(
        "E61",
        "6.10, step 3",
        "daemon.debug /var/adm/clusterlog, and \"messages go to the file daemon.debug \
         /var/adm/clusterlog\"",
        "The selector is no part of the file's name; it is separated from it by a TAB, and \
         syslogd writes to no file that is not there.",
        "The file is made first; then the line is added, with a TAB.",
        Recalled,
    ),
    Erratum::new(
        "E62",
        "6.10, step 4",
        "pkill -HUP syslogd",
        "Right for Solaris 8 and 9; on Solaris 10 syslogd belongs to the service \
         system/system-log.",
        "Where there is svcadm(1M) the service is refreshed, elsewhere the daemon is signalled.",
        Confirmed,
    ),
    Erratum::new(
        "E63",
        "6.10, sample messages",
        "SC[SUNW.scics,CAL-RG,LOG-HOST-RS,ics_svc_start], and cal-rs and CalendarResource",
        "The third word is the resource whose method runs, which for an agent of type SUNW.scics \
         is the service resource.",
        "calha debug log --resource takes the name of the service resource.",
        Inferred,
    ),
    Erratum::new(
        "E64",
        "6.11",
        "the java command line is printed before the command that starts it, and again after it",
        "Printed twice by mistake.",
        "The configurator's output is read for its verdicts; that line is none.",
        Confirmed,
    ),
];
