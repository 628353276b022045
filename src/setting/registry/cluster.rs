//! Entries for the cluster, its model, its nodes and how each is reached. They come first in the
//! registry: `evaluate` needs the nodes to know which keys `node.<node>` stands for.

use super::Setting;
use crate::setting::{Choice, Fallback, Group, Kind, Need};

/// The programs that make a superuser.
pub(super) const BECOME: Kind = Kind::Choice(&[
    Choice { value: "no", means: "the connection leads to root" },
    Choice { value: "sudo", means: "sudo(8)" },
    Choice { value: "su", means: "su to root" },
    Choice { value: "pfexec", means: "the profiles of Solaris" },
]);

/// The cluster, its nodes, and how they are reached.
pub const SETTINGS: &[Setting] = &[
    Setting {
        key: "cluster.name",
        kind: Kind::PlainName,
        prompt: "Name of the cluster",
        help: "Name of the cluster, for journals and reports",
        long: "Journals of this installation are kept under this name, here and on the nodes. \
               `scconf -p` prints the name that the cluster itself uses; take that one.",
        group: Group::Cluster,
        source: "6.3",
        fallback: Fallback::None,
        need: Need::Always,
    },
    Setting {
        key: "cluster.model",
        kind: Kind::Choice(&[
            Choice { value: "asymmetric", means: "one instance, one node active, one on standby" },
            Choice {
                value: "symmetric",
                means: "two instances, each node active for one and on standby for the other",
            },
            Choice {
                value: "n-plus-one",
                means: "N instances on a node each, one spare node for all",
            },
        ]),
        prompt: "High availability model",
        help: "Which model of section 6.1 to build",
        long: "Asymmetric: one instance of Calendar Server runs on the primary node and fails \
               over to the other one (6.1.1, 6.6). Symmetric: two instances on two nodes, with \
               programs and data on shared disks (6.1.2, 6.7). N+1: the asymmetric procedure for \
               each of N instances, with one node on standby for all of them (6.1.3). Table 6-1 \
               compares the models, table 6-2 their downtime (E04, E05).",
        group: Group::Cluster,
        source: "6.1, table 6-1",
        fallback: Fallback::Fixed("asymmetric"),
        need: Need::Always,
    },
    Setting {
        key: "cluster.nodes",
        kind: Kind::NodeNames,
        prompt: "Nodes, the primary first",
        help: "Node names in the order of preference, spelt as scstat -n prints them",
        long: "The first node is the primary: the resource group prefers it. The guide writes \
               node1 in one command and Node2 in the next (E28); names are compared letter by \
               letter, so use the one spelling that `scstat -n` prints. The asymmetric and the \
               symmetric model take exactly two, N+1 one more than it has instances.",
        group: Group::Cluster,
        source: "6.6.3, E28",
        fallback: Fallback::None,
        need: Need::Always,
    },
    Setting {
        key: "cluster.hasp-type",
        kind: Kind::ResourceType("SUNW.HAStoragePlus"),
        prompt: "Resource type of the storage",
        help: "Full name of the type of the HAStoragePlus resource",
        long: "Left out, the version that is registered is used. After an upgrade of Sun Cluster \
               several versions stand side by side, and the cluster cannot know which one is \
               meant: then write the full name, as `scrgadm -p` prints it (E31), or choose it \
               when `calha install` asks.",
        group: Group::Cluster,
        source: "6.6.3, E31",
        fallback: Fallback::None,
        need: Need::Optional,
    },
    Setting {
        key: "cluster.service-type",
        kind: Kind::ResourceType("SUNW.scics"),
        prompt: "Resource type of the service",
        help: "Full name of the type of the Calendar Server resource",
        long: "Left out, the version that is registered is used. Where several are, write the \
               full name of one, as `scrgadm -p` prints it, or choose it when `calha install` \
               asks.",
        group: Group::Cluster,
        source: "6.6.3, E31",
        fallback: Fallback::None,
        need: Need::Optional,
    },
    Setting {
        key: "node.<node>.connection",
        kind: Kind::Connection,
        prompt: "How the node is reached",
        help: "How calha reaches the node",
        long: "\"ssh\" calls the system's ssh with the name of the node, so that ~/.ssh/config, \
               the agent and jump hosts apply; { ssh = \"alias\", options = [\"-p\", \"22\"] } \
               names another destination. \"local\" is a shell on this machine, { command = [...] \
               } any program that gives a shell on its standard input and output, \"none\" a host \
               that nobody reaches: the operator acts and calha cannot verify.",
        group: Group::Node,
        source: "6.3",
        fallback: Fallback::Fixed("ssh"),
        need: Need::Always,
    },
    Setting {
        key: "node.<node>.become",
        kind: BECOME,
        prompt: "How the superuser is reached there",
        help: "Program with which the connection's user becomes the superuser",
        long: "Where a connection does not lead to root: sudo, su or pfexec, started in the shell \
               of the connection. Most commands of Sun Cluster want the superuser.",
        group: Group::Node,
        source: "6.9",
        fallback: Fallback::Fixed("no"),
        need: Need::Always,
    },
    Setting {
        key: "node.<node>.become-password",
        kind: Kind::Secret,
        prompt: "Where its password comes from",
        help: "What sudo or su is answered when it asks",
        long: "\"ask\" asks on the terminal each time, { file = \"/path\" } reads the first line \
               of a file with mode 0600, { env = \"NAME\" } an environment variable. Left out, \
               the program must not ask. The password itself stands in no profile, on no command \
               line and in no record.",
        group: Group::Node,
        source: "6.9",
        fallback: Fallback::None,
        need: Need::Optional,
    },
];
