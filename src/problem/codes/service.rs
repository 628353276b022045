//! Codes of the service, whether it is installed, moved or proved.

codes! {
    SERVICE_NOT_ONLINE: Code(
        "service.not-online",
        Blocks,
        "The group is not online on exactly one node, or a resource of it is not.",
        "Look at scstat -g, and at /var/adm/messages on that node.",
    ),
    SERVICE_STATE_UNKNOWN: Code(
        "service.state-unknown",
        Asks,
        "A group or resource is in a state whose word calha does not know: that it runs is not \
         proved by it.",
        "Look at scstat -g; accept it when it runs. Whether the service answers is asked at its \
         socket.",
    ),
    SERVICE_STATUS: Code(
        "service.status",
        Asks,
        "A resource is online, and what watches it says that it is faulted or degraded.",
        "Look at scstat -g, and at /var/adm/messages on that node, for what its monitor found.",
    ),
    SERVICE_NOT_WATCHED: Code(
        "service.not-watched",
        Asks,
        "The monitor of a resource is switched off: when the resource fails nothing moves.",
        "Switch it on: scswitch -e -M -j RESOURCE; accept it where that is meant so for now.",
    ),
    SERVICE_NOT_MOUNTED: Code(
        "service.not-mounted",
        Blocks,
        "The group is online on a node, and a shared file system of it is not mounted there, or \
         another one is.",
        "See who unmounted it, or mounted something else there (df -k, /var/adm/messages), then \
         bring the group online anew: scswitch -R -h NODE -g GROUP.",
    ),
    SERVICE_UNREADY: Code(
        "service.unready",
        Blocks,
        "The service is enabled, and would start with its group before it is configured: its \
         block in ics.conf was undone, say, and the group is offline.",
        "Type the commands that are named: they disable the resource and bring the group online. \
         The installation enables the resource at its place.",
    ),
    SERVICE_NOT_LISTENING: Code(
        "service.not-listening",
        Blocks,
        "Nothing listens on the logical address and port.",
        "Read http.log in the logs directory, and look at instance.NAME.port.",
    ),
    SERVICE_MISSING: Code(
        "service.missing",
        Refuses,
        "The service resource of the instance is not in the cluster: it was not installed from \
         here, or has been removed.",
        "Type the command that is named: the installation makes it.",
    ),
    SERVICE_NODE: Code(
        "service.node",
        Refuses,
        "The service cannot move to this node, or to any: it is not one of the group's, or cannot \
         be reached.",
        "Name one of those that are listed with --to, or bring the node back.",
    ),
    DEBUG_TYPE_VERSION: Code(
        "debug.type-version",
        Said,
        "The agent's type is registered with a version, and the name of its directory for the log \
         level is not known then.",
        "If its messages do not get more, write the level into a directory of the full name: \
         /var/cluster/rgm/rt/SUNW.scics:VERSION/loglevel.",
    ),
    ALONE_NODE: Code(
        "alone.node",
        Refuses,
        "The server is to stay on a node on which it does not run.",
        "Name one of the instance's nodes: --keep-server NODE.",
    ),
    ALONE_INSTANCE: Code(
        "alone.instance",
        Refuses,
        "The profile has several instances, and the command does not say whose server stays.",
        "Name it: --instance NAME. The others keep their cluster.",
    ),
    ALONE_AT_BOOT: Code(
        "alone.mount-at-boot",
        Asks,
        "Nobody has said whether the node mounts the file system when it boots. A device group \
         that is not online yet, or is on another node, stops the boot at its file system check.",
        "Add --mount-at-boot no and mount it by hand before the server is started, or \
         --mount-at-boot yes where the volume is always this node's.",
    ),
    ALONE_MANAGED: Code(
        "alone.managed",
        Blocks,
        "The resource group is still there: it would mount the file system and start the server \
         beside the one that stays.",
        "Remove high availability first; calha uninstall --keep-server does both.",
    ),
    ALONE_MOUNTED_ELSEWHERE: Code(
        "alone.mounted-elsewhere",
        Refuses,
        "Another node has the file system mounted. Two nodes that mount it without the cluster \
         destroy it.",
        "See who uses it there (fuser -c), and unmount it there.",
    ),
    ALONE_HA: Code(
        "alone.ha-parameters",
        Blocks,
        "ics.conf still says that a cluster starts the server.",
        "Remove the parameters local.server.ha.* from it.",
    ),
    ALONE_NAME: Code(
        "alone.name",
        Said,
        "A parameter of ics.conf names the logical host or a node that loses the server.",
        "Before the server is started write the name or address of the node that keeps it, or \
         give that node the logical address. calha never changes such a name.",
    ),
}
