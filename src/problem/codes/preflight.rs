use super::code;
use crate::problem::Code;
use crate::problem::Effect::{Blocks, Refuses, Said};

/// Before the first change.
pub const CODES: &[Code] = &[
    code(
        "preflight.superuser",
        Blocks,
        "The shell is not root's, and almost every command wants root.",
        "Connect as root, or set node.NAME.become.",
    ),
    code("preflight.system", Blocks, "The host is no Solaris.", "Check the node's connection."),
    code(
        "preflight.cluster",
        Blocks,
        "scha_cluster_get does not answer: the node is not in the cluster.",
        "Boot it into the cluster; scstat -n shows the members.",
    ),
    code(
        "preflight.node-name",
        Blocks,
        "The cluster calls this node something else (E28).",
        "Spell the nodes as scstat -n prints them.",
    ),
    code(
        "preflight.not-a-member",
        Blocks,
        "A node of the profile is no member of the cluster.",
        "Spell the nodes as scstat -n prints them (E28).",
    ),
    code(
        "preflight.quorum",
        Blocks,
        "Fewer votes are present than the quorum needs.",
        "Bring nodes or the quorum device back: scstat -q.",
    ),
    code(
        "preflight.group-state",
        Blocks,
        "The resource group is in a state from which nothing works.",
        "Wait until it settles. Where a method has failed the hint has the command: scswitch -c for a stop, scswitch -R for a start.",
    ),
    code(
        "preflight.cluster-release",
        Refuses,
        "The release of Sun Cluster is before 3.0 5/02, with which SUNW.HAStoragePlus begins.",
        "Upgrade Sun Cluster first; scinstall -pv prints its release.",
    ),
    code(
        "resource-type.versions",
        Refuses,
        "Several versions of a resource type are registered, and the profile does not say which one to use.",
        "Set cluster.hasp-type or cluster.service-type to one of the full names that scrgadm -p prints.",
    ),
    code(
        "resource-type.not-registered",
        Refuses,
        "The profile names a version of a resource type that is not registered.",
        "Register it with scrgadm -a -t NAME -f FILE, or correct the setting.",
    ),
    code(
        "resource-type.file",
        Blocks,
        "A resource type is not registered, and its registration file is not where such files are.",
        "Install the package, or register the type by hand: scrgadm -a -t NAME -f FILE.",
    ),
    code(
        "preflight.host-name",
        Blocks,
        "The logical host does not resolve on the node.",
        "Add it to /etc/hosts, or to the name service.",
    ),
    code(
        "preflight.host-address",
        Blocks,
        "The logical host resolves to another address than the profile's.",
        "Correct the one that is wrong.",
    ),
    code(
        "preflight.address-taken",
        Blocks,
        "Something answers at the logical address already.",
        "Take an address that nothing else has.",
    ),
    code(
        "preflight.agent",
        Blocks,
        "The agent SUNWscics is not installed.",
        "Install it from the Java ES media, not from those of Calendar Server 6.3.",
    ),
    code(
        "preflight.device",
        Blocks,
        "A device of the profile is missing, or is of the wrong kind.",
        "Make the volume first; calha never makes a file system.",
    ),
    code(
        "preflight.file-system",
        Blocks,
        "The volume holds another kind of file system than the profile says.",
        "Correct fs-type, or make the file system once, on one node.",
    ),
    code(
        "preflight.no-file-system",
        Said,
        "fstyp cannot say which file system is on the volume: there is none, or fstyp cannot read it.",
        "Make a file system with newfs, once, on one node, if the volume is new.",
    ),
    code(
        "preflight.mounted",
        Blocks,
        "Another device is mounted where the shared file system belongs.",
        "Unmount it, or choose another directory.",
    ),
    code(
        "preflight.account",
        Blocks,
        "User or group exists with another id than the profile's (E71).",
        "Use the id that it has, on every node, or another name.",
    ),
    code(
        "preflight.id-taken",
        Blocks,
        "The id belongs to somebody else on a node.",
        "Take one that is free on every node.",
    ),
    code(
        "preflight.adapters",
        Blocks,
        "A node has no IPMP group of the name in netiflist.",
        "Correct netiflist, or leave it out; scstat -i lists the groups.",
    ),
    code(
        "preflight.port-taken",
        Blocks,
        "Something listens on a port that the instance needs.",
        "Stop it, or give the instance another port.",
    ),
    code(
        "preflight.device-group",
        Said,
        "The device group of the volume does not list every node of the instance.",
        "scconf -pvv lists its nodes; it must be able to go wherever the group goes.",
    ),
    code(
        "preflight.second-root",
        Blocks,
        "The installer would have to make a second install root on the node. That of Communications Suite 5 installs a product once on a host.",
        "Keep the programs on shared disks (install-root-device, var-dir-device), or say installer.kind = \"commpkg\" if that is your installer.",
    ),
    code(
        "preflight.spare-memory",
        Said,
        "The spare node has less memory than a node that it replaces.",
        "After several failures it runs several instances at once.",
    ),
];
