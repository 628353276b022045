//! Codes of the service, whether it is installed, moved or proved.

codes! {
    SERVICE_NOT_ONLINE: Code(
        "service.not-online",
        Blocks,
        "The group is not online on exactly one node, or a resource of it is not.",
        "scstat -g, and /var/adm/messages on that node.",
    ),
    SERVICE_STATE_UNKNOWN: Code(
        "service.state-unknown",
        Said,
        "A resource is in a state whose word calha does not know: that it runs is not proved by \
         it.",
        "Look at scstat -g; whether the service answers is asked at its socket.",
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
        "http.log in the logs directory, and instance.NAME.port.",
    ),
    SERVICE_NODE: Code(
        "service.node",
        Refuses,
        "The node is none of the group's.",
        "Name one of those that are listed.",
    ),
    DEBUG_TYPE_VERSION: Code(
        "debug.type-version",
        Said,
        "The agent's type is registered with a version, and the name of its directory for the log \
         level is not known then.",
        "If its messages do not get more, write the level into a directory of the full name: \
         /var/cluster/rgm/rt/SUNW.scics:VERSION/loglevel.",
    ),
}
