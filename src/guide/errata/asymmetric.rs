//! Errata of the asymmetric procedure (6.6), which is what most readers type from.

use crate::guide::Erratum;
use crate::guide::Evidence::{Confirmed, Inferred};

/// The asymmetric procedure (6.6).
pub(super) const ALL: &[Erratum] = &[
    Erratum::new(
        "E25",
        "6.6.2",
        "mkdir -P /Cal",
        "mkdir has no option -P; the command prints its usage and makes nothing.",
        "Each missing directory is made by itself, with mode 0755, owned by root.",
        Confirmed,
    ),
    Erratum::new(
        "E26",
        "6.6.2",
        "/Cal",
        "Everything else says /cal, and names are case-sensitive.",
        "One setting, share-dir, is used everywhere.",
        Confirmed,
    ),
    Erratum::new(
        "E27",
        "6.6.2",
        "create the directory on all shared disks",
        "It is the mount point, so it belongs on the root file system of every node.",
        "It is made on every node, before anything is mounted.",
        Confirmed,
    ),
    Erratum::new(
        "E28",
        "6.6.3",
        "node1,node2 in one command and Node1, Node2 in others",
        "The cluster knows each node by one spelling.",
        "Nodes are spelt as scstat -n prints them, and each node is asked for its own name before \
         anything is changed.",
        Confirmed,
    ),
    Erratum::new(
        "E29",
        "6.6.3",
        "./scrgadm, scrgadm and full paths, mixed, without a cd",
        "./ works in one directory only, and /usr/cluster/bin is not in root's PATH.",
        "Every command is given with its full path.",
        Confirmed,
    ),
    Erratum::new(
        "E30",
        "6.6.3, 6.7",
        "commands folded over two lines, some within quotes",
        "Pasted as printed the second line runs as a command of its own, or a description gets a \
         line break in it.",
        "Each command is one line; descriptions are given when the resource is created.",
        Confirmed,
    ),
    Erratum::new(
        "E31",
        "6.6.3, 6.7",
        "-t SUNW.HAStoragePlus:4",
        "The guide itself registers the type without a version; which version that is depends on \
         the release.",
        "The version is left out, unless several are registered: then the profile says which one \
         (cluster.hasp-type).",
        Confirmed,
    ),
    Erratum::new(
        "E32",
        "6.6.3, secondary node, step 3",
        "csconfigurator.sh -nodisplay -noconsole -novalidate, \"using the state file\"",
        "No option names the state file, so the program would take its defaults: directories on \
         the local disk.",
        "The recorded file is carried over on the shared disk and named with the option of the \
         setting configurator.state-option. Its default, -state, is that of every sister program \
         and unproven for this one: the run's own output decides.",
        Inferred,
    ),
    Erratum::new(
        "E33",
        "6.6.3, secondary node, steps 2 and 3",
        "make the link config, then run the configurator",
        "The configurator's first task deletes that very link; a later task makes it again.",
        "The step is kept, and the link is verified after the run.",
        Confirmed,
    ),
    Erratum::new(
        "E34",
        "6.6.3, 6.7",
        "scrgadm -e -j CAL-SVR-RS",
        "scrgadm has no -e; it prints its usage and enables nothing.",
        "scswitch -e -j CAL-SVR-RS.",
        Confirmed,
    ),
    Erratum::new(
        "E35",
        "6.6.3, step 6",
        "./ scswitch -z -g CAL-RG -h Node1",
        "With the blank the shell tries to execute the current directory.",
        "/usr/cluster/bin/scswitch -z -g CAL-RG -h Node1.",
        Confirmed,
    ),
    Erratum::new(
        "E36",
        "6.6.3, end",
        "the next section tells how to set up logging",
        "The next section is the symmetric model; logging is 6.10.",
        "The installation ends with its proof.",
        Confirmed,
    ),
    Erratum::new(
        "E68",
        "6.6.3, 6.7",
        "both service.http.listenaddr and service.listenaddr",
        "The guide of the release before tells to rename the second to the first.",
        "Both are written, with the same address, as this release's guide has it.",
        Confirmed,
    ),
    Erratum::new(
        "E69",
        "6.6.3, 6.7",
        "local.autorestart",
        "The release notes call the switch service.autorestart; neither is in the reference \
         appendix.",
        "local.autorestart is written as the chapter has it; a service.autorestart that is there \
         stays.",
        Confirmed,
    ),
];
