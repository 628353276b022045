//! Errata of running and removing the service (6.8, 6.9).

use crate::guide::Erratum;
use crate::guide::Evidence::{Confirmed, Inferred};

/// Running and removing (6.8, 6.9).
pub(super) const ALL: &[Erratum] = &[
    Erratum::new(
        "E37",
        "6.8",
        "restart with scrgadm -R -j CAL-SVR-RS",
        "scrgadm has no -R, and scswitch -R restarts groups, not resources.",
        "scswitch -n -j CAL-SVR-RS, then scswitch -e -j CAL-SVR-RS.",
        Confirmed,
    ),
    Erratum::new(
        "E38",
        "6.9, steps 3 and 4",
        "\"remove the resources\" shows the commands that disable them",
        "The removal itself is missing, and a group with resources in it cannot be removed.",
        "Each resource is disabled and removed, dependents first, then the group.",
        Confirmed,
    ),
    Erratum::new(
        "E39",
        "6.8",
        "scrgadm -r -j CAL-SVR-RS on its own",
        "An enabled resource cannot be removed.",
        "It is disabled first.",
        Confirmed,
    ),
    Erratum::new(
        "E40",
        "6.9, step 6",
        "scrgadm -r -t SUNW.HAStorage",
        "Another type was registered, and other groups may use it.",
        "The types that this installation registered are unregistered, unless others use them: \
         then they stay, and that is said.",
        Confirmed,
    ),
    Erratum::new(
        "E41",
        "6.9",
        "nothing about ics.conf, links, /etc/vfstab",
        "Calendar Server would go on with the logical host's name and address, and the nodes keep \
         entries of a file system nobody mounts.",
        "Everything that the record of the installation names is undone, and only that.",
        Inferred,
    ),
];
