//! Codes of what is looked at on every node before the first change. Each is found together with
//! the others, never alone.

codes! {
    PREFLIGHT_ROOM: Code(
        "preflight.room",
        Blocks,
        "A file system that is written into is full: / with /etc, /var with the record, /opt with \
         the programs, or the shared one.",
        "Make room there; df -k shows which one is full, du -kd what takes the room.",
    ),
    PREFLIGHT_SUPERUSER: Code(
        "preflight.superuser",
        Blocks,
        "The shell is not root's, and almost every command wants root.",
        "Connect as root, or set node.NAME.become.",
    ),
    PREFLIGHT_SYSTEM: Code(
        "preflight.system",
        Blocks,
        "The host does not run Solaris.",
        "Check the node's connection.",
    ),
    PREFLIGHT_CLUSTER: Code(
        "preflight.cluster",
        Blocks,
        "scha_cluster_get does not answer: the node is not in the cluster.",
        "Boot it into the cluster; scstat -n shows the members.",
    ),
    PREFLIGHT_NODE_NAME: Code(
        "preflight.node-name",
        Blocks,
        "The cluster calls this node something else (E28).",
        "Spell the nodes as scstat -n prints them.",
    ),
    PREFLIGHT_NOT_A_MEMBER: Code(
        "preflight.not-a-member",
        Blocks,
        "A node of the profile is not a member of the cluster.",
        "Spell the nodes as scstat -n prints them (E28).",
    ),
    PREFLIGHT_QUORUM: Code(
        "preflight.quorum",
        Blocks,
        "Fewer votes are present than the quorum needs.",
        "Bring nodes or the quorum device back: scstat -q.",
    ),
    PREFLIGHT_GROUP_STATE: Code(
        "preflight.group-state",
        Blocks,
        "The resource group is in a state from which nothing works.",
        "Wait until it settles. Where a method has failed the hint has the command: scswitch -c \
         for a stop, scswitch -R for a start.",
    ),
    PREFLIGHT_GROUP_UNKNOWN: Code(
        "preflight.group-unknown",
        Asks,
        "A resource group is in a state whose word calha does not know, so nothing is said about \
         it.",
        "Look at scstat -g; accept it when the group is up or down and stays so.",
    ),
    PREFLIGHT_CLUSTER_RELEASE: Code(
        "preflight.cluster-release",
        Refuses,
        "The release of Sun Cluster is before 3.0 5/02, with which SUNW.HAStoragePlus begins.",
        "Upgrade Sun Cluster first; scinstall -pv prints its release.",
    ),
    RESOURCE_TYPE_VERSIONS: Code(
        "resource-type.versions",
        Refuses,
        "Several versions of a resource type are registered, the profile does not say which one \
         to use, and calha has no terminal to ask on.",
        "Choose one at the terminal, or set cluster.hasp-type or cluster.service-type to one of \
         the full names that scrgadm -p prints.",
    ),
    RESOURCE_TYPE_UNNAMED: Code(
        "resource-type.unnamed",
        Asks,
        "Several versions of SUNW.LogicalHostname are registered. scrgadm -a -L takes no type, and \
         nobody could say which version it takes, or whether it refuses then.",
        "Unregister the versions that are not wanted with scrgadm -r -t FULL NAME, or accept that \
         the cluster chooses.",
    ),
    RESOURCE_TYPE_NOT_REGISTERED: Code(
        "resource-type.not-registered",
        Refuses,
        "The profile names a version of a resource type that is not registered.",
        "Register it with scrgadm -a -t NAME -f FILE, or correct the setting.",
    ),
    RESOURCE_TYPE_FILE: Code(
        "resource-type.file",
        Blocks,
        "A resource type is not registered, and its registration file is not where such files are.",
        "Install the package, or register the type by hand: scrgadm -a -t NAME -f FILE.",
    ),
    PREFLIGHT_HOST_NAME: Code(
        "preflight.host-name",
        Blocks,
        "The logical host does not resolve on the node.",
        "Add it to /etc/hosts, or to the name service.",
    ),
    PREFLIGHT_HOST_ADDRESS: Code(
        "preflight.host-address",
        Blocks,
        "The logical host resolves to another address than the profile's.",
        "Correct the one that is wrong.",
    ),
    PREFLIGHT_ADDRESS_TAKEN: Code(
        "preflight.address-taken",
        Blocks,
        "Something answers at the logical address already.",
        "Take an address that nothing else has.",
    ),
    PREFLIGHT_AGENT: Code(
        "preflight.agent",
        Said,
        "The agent SUNWscics is not installed.",
        "The step \"agent\" has somebody install it: from the Java ES media.",
    ),
    PREFLIGHT_DEVICE: Code(
        "preflight.device",
        Blocks,
        "A device of the profile is missing, or is of the wrong kind.",
        "Make the volume first; calha never makes a file system.",
    ),
    PREFLIGHT_FILE_SYSTEM: Code(
        "preflight.file-system",
        Blocks,
        "The volume holds another kind of file system than the profile says.",
        "Correct fs-type, or name another volume: a new file system would destroy what is on it.",
    ),
    PREFLIGHT_NO_FILE_SYSTEM: Code(
        "preflight.no-file-system",
        Said,
        "The volume has no file system, or whether it has one is not known.",
        "The step \"file-system\" has somebody make one; not known: look at the volume.",
    ),
    PREFLIGHT_MIRROR: Code(
        "preflight.mirror",
        Said,
        "A volume of the symmetric model is not mirrored by its volume manager.",
        "Mirror it, unless the disk array does.",
    ),
    PREFLIGHT_STORAGE_PLUS: Code(
        "preflight.storage-plus",
        Asks,
        "SUNW.HAStoragePlus, which begins with Sun Cluster 3.0 5/02, is not seen on a node.",
        "See with scinstall -pv which update it is; accept it when the type is there.",
    ),
    PREFLIGHT_MOUNTED: Code(
        "preflight.mounted",
        Blocks,
        "Another device is mounted where the shared file system belongs, or the file system is \
         mounted by somebody: it would be destroyed where the cluster mounts it on another node.",
        "Unmount it, or choose another directory.",
    ),
    PREFLIGHT_ACCOUNT: Code(
        "preflight.account",
        Blocks,
        "User or group exists with another id than the profile's (E71).",
        "Use the id that it has, on every node, or another name.",
    ),
    PREFLIGHT_ID_TAKEN: Code(
        "preflight.id-taken",
        Blocks,
        "The id belongs to somebody else on a node.",
        "Take one that is free on every node.",
    ),
    PREFLIGHT_ADAPTERS: Code(
        "preflight.adapters",
        Blocks,
        "A node has no IPMP group of the name in netiflist.",
        "Correct netiflist, or leave it out; scstat -i lists the groups.",
    ),
    PREFLIGHT_PORT_TAKEN: Code(
        "preflight.port-taken",
        Blocks,
        "Something listens on a port that the instance needs.",
        "Stop it, or give the instance another port.",
    ),
    PREFLIGHT_DEVICE_GROUP: Code(
        "preflight.device-group",
        Said,
        "The device group of the volume does not list every node of the instance.",
        "scconf -pvv lists its nodes; it must be able to go wherever the group goes.",
    ),
    PREFLIGHT_SECOND_ROOT: Code(
        "preflight.second-root",
        Blocks,
        "The installer would have to make a second install root on the node. That of \
         Communications Suite 5 installs a product once on a host.",
        "Keep the programs on shared disks (install-root-device, var-dir-device), or say \
         installer.kind = \"commpkg\" if that is your installer.",
    ),
    PREFLIGHT_SPARE_MEMORY: Code(
        "preflight.spare-memory",
        Said,
        "The spare node has less memory than a node that it replaces.",
        "After several failures it runs several instances at once.",
    ),
}
