//! Entries for the nodes and the directory names of an instance (tables 6-3 and 6-4). Defaults
//! cover only the roots for which the guide gives a rule, and of several instances those of table
//! 6-4. Directories of the configurator's panels
//! are in `panels`.

use super::Setting;
use crate::setting::{Fallback, Group, Kind, Need};

/// The models with more than one instance.
pub(super) const SEVERAL: &[&str] = &["symmetric", "n-plus-one"];

/// What the directories of table 6-4 are named after.
const OF_NODES: &[&str] = &["instance.<instance>.nodes"];

/// Tables 6-3 and 6-4, and the nodes of an instance.
pub const SETTINGS: &[Setting] = &[
    Setting {
        key: "instance.<instance>.nodes",
        kind: Kind::NodeNames,
        prompt: "Nodes of the instance, the preferred one first",
        help: "The two nodes of the instance's group, the preferred one first",
        long: "In the symmetric model both nodes, in opposite orders (6.7.2, 6.7.3); in N+1 the \
               node that is active for the instance and then the spare (6.1.3). In the asymmetric \
               model it is left out: cluster.nodes says it.",
        group: Group::Directories,
        source: "6.1.3, 6.7.2, 6.7.3",
        fallback: Fallback::Each {
            alone: None,
            from: &["cluster.nodes"],
            rule: "in the symmetric model both nodes, in the order that the other instance does \
                   not have; in N+1 the next node that no instance has, and the spare",
            compute: |among| among.own_nodes(),
        },
        need: Need::When { key: "cluster.model", is: SEVERAL },
    },
    Setting {
        key: "instance.<instance>.install-root",
        kind: Kind::ListedPath,
        prompt: "Installation root (install-root)",
        help: "Directory that the installer is given, the same on all nodes",
        long: "The installer puts Calendar Server into SUNWics5/cal below it. In the asymmetric \
               model it is on the local disk of each node, and the same on all (6.6.3); in the \
               symmetric model it is the mount point of a shared file system (6.7.1). Give the \
               root itself, not SUNWics5/cal: chapter 6 and chapter 12 use cal-svr-base in two \
               meanings (E22).",
        group: Group::Directories,
        source: "table 6-3, 6.6.3",
        fallback: Fallback::Each {
            alone: Some("/opt"),
            from: OF_NODES,
            rule: "/opt; of several instances /opt/ and the active node",
            compute: |among| among.below("/opt"),
        },
        need: Need::Always,
    },
    Setting {
        key: "instance.<instance>.cal-svr-base",
        kind: Kind::ListedPath,
        prompt: "Directory of Calendar Server (cal-svr-base)",
        help: "Directory that holds all files of Calendar Server",
        long: "It holds sbin/csconfigurator.sh and the links config and data, and it is \
               ICS_serverroot of the service resource. In the sense of chapter 6 it ends in \
               SUNWics5/cal, once (E22).",
        group: Group::Directories,
        source: "table 6-3, E22",
        fallback: Fallback::Derived {
            from: &["instance.<instance>.install-root"],
            rule: "install-root with /SUNWics5/cal",
            compute: |from| Some(format!("{}/SUNWics5/cal", from.first()?)),
        },
        need: Need::Always,
    },
    Setting {
        key: "instance.<instance>.var-dir",
        kind: Kind::Path,
        prompt: "Local variable directory (var-cal-dir)",
        help: "The /var directory of Calendar Server on each node",
        long: "The packages use it for what is not shared. Table 6-3 has /var/opt/SUNWics5 for \
               the root /opt, table 6-4 /var/opt/Node1/SUNWics5 for /opt/Node1; for other roots \
               the guide gives no rule, so the profile has to give it.",
        group: Group::Directories,
        source: "table 6-3",
        fallback: Fallback::Derived {
            from: &["instance.<instance>.install-root"],
            rule: "/var, install-root and /SUNWics5, for a root that is /opt or below it",
            compute: |from| {
                let root = from.first()?;
                (*root == "/opt" || root.starts_with("/opt/"))
                    .then(|| format!("/var{root}/SUNWics5"))
            },
        },
        need: Need::Always,
    },
    Setting {
        key: "instance.<instance>.share-dir",
        kind: Kind::ListedPath,
        prompt: "Shared directory (share-disk-dir)",
        help: "Mount point of the shared file system, the same on all nodes",
        long: "Configuration and data live below it and follow the resource group. It is the \
               mount point in /etc/vfstab and in FilesystemMountPoints. The guide creates /Cal \
               and mounts /cal; here it is one value (E26), and it is created on the root file \
               system of every node (E27).",
        group: Group::Directories,
        source: "table 6-3, 6.6.2, E26, E27",
        fallback: Fallback::Each {
            alone: Some("/cal"),
            from: OF_NODES,
            rule: "/cal; of several instances /cal/ and the active node",
            compute: |among| among.below("/cal"),
        },
        need: Need::Always,
    },
];
