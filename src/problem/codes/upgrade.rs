//! Codes of the upgrade of resources to another version of their type.

codes! {
    UPGRADE_RELEASE: Code(
        "rt.upgrade-release",
        Refuses,
        "Sun Cluster 3.0 knows no upgrade of resources: directives are comments there.",
        "Delete the resource, register the new version, and create the resource again.",
    ),
    UPGRADE_RESOURCE: Code(
        "rt.upgrade-resource",
        Refuses,
        "A resource that was named is not there, or is of another type.",
        "Name resources of the type; scstat -g lists what there is.",
    ),
    UPGRADE_FILE: Code(
        "rt.upgrade-file",
        Refuses,
        "The registration (RTR) file of a version is not on every node, or not what it should be.",
        "Install the package on every node, or name the file with --file.",
    ),
    UPGRADE_METHODS: Code(
        "rt.upgrade-methods",
        Refuses,
        "A method of a version is not an executable file on a node that needs it.",
        "Install the package on every node of the group; do not remove the old one before the end.",
    ),
    UPGRADE_SHARED: Code(
        "rt.upgrade-shared",
        Blocks,
        "Two versions name one file for a method, so the old method is gone.",
        "Accept it only if the package says that its methods fit resources of the old version.",
    ),
    UPGRADE_NODES: Code(
        "rt.upgrade-nodes",
        Refuses,
        "A group has a node that is not among Installed_nodes of the new version.",
        "Install the package there and add the node: scrgadm -c -t TYPE -h NODES.",
    ),
    UPGRADE_PROPERTY: Code(
        "rt.upgrade-property",
        Refuses,
        "A property has no value that the new version takes.",
        "Give one: --property NAME=VALUE, or RESOURCE:NAME=VALUE for one resource.",
    ),
    UPGRADE_RECREATE: Code(
        "rt.upgrade-recreate",
        Refuses,
        "The resource cannot move to that version: it has to be deleted and created again.",
        "Look at the properties that are kept, and say --recreate.",
    ),
    UPGRADE_VIA: Code(
        "rt.upgrade-via",
        Refuses,
        "No resource can move to the new version by way of the one between.",
        "Name a version that takes the resource, or leave --via out.",
    ),
    UPGRADE_STATE: Code(
        "rt.upgrade-state",
        Refuses,
        "A resource or a group is in a state from which nothing is upgraded.",
        "Bring it online or offline first; scstat -g says how it stands.",
    ),
    UPGRADE_USED: Code(
        "rt.upgrade-used",
        Refuses,
        "The old version cannot be unregistered.",
        "Upgrade what uses it too, or leave --unregister-old out.",
    ),
    REHEARSAL_TYPES: Code(
        "rt.rehearsal-types",
        Refuses,
        "The two registration (RTR) files are not two versions of one type that the simulated \
         cluster takes.",
        "Name the file of the earlier version first; see calha rt lint, calha rt bump and --on.",
    ),
    REHEARSAL_NODES: Code(
        "rt.rehearsal-nodes",
        Refuses,
        "The simulated cluster refused a resource of the earlier version, or did not start it.",
        "Give the property that it wants: --property NAME=VALUE.",
    ),
    UPGRADE_BEGUN: Code(
        "rt.upgrade-begun",
        Refuses,
        "Another upgrade of this type has begun and is neither at its end nor undone.",
        "Go on with it, or undo it, as the message says.",
    ),
}
