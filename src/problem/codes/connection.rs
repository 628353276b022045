//! Codes of reaching hosts: connections, members that are lost, passwords, checks of a shell, the
//! lock on a node.

codes! {
    HOST_NONE: Code(
        "host.none",
        Ends,
        "The profile gives no connection to a host that has to be reached.",
        "Set node.NAME.connection, or plan --offline, which needs none.",
    ),
    HOST_MISSING: Code(
        "host.missing",
        Ends,
        "A host that a step runs on is not connected.",
        "Set its connection; calha check opens every one.",
    ),
    HOST_UNREACHABLE: Code(
        "host.unreachable",
        Ends,
        "The program that connects gave no shell: no route, no key, a changed host key, a wrong \
         name.",
        "Try the same connection by hand; calha check says what each one answers.",
    ),
    HOST_LOST: Code(
        "host.lost",
        Ends,
        "The line was cut while something was asked or done.",
        "What ran on the node goes on there; the command after \"next:\" waits for it and looks.",
    ),
    MEMBER_LOST: Code(
        "member.lost",
        Said,
        "A member stopped answering while calha asked or did something that belongs to the whole \
         cluster.",
        "Nothing has to be done: calha asks another member whether the cluster takes it for down.",
    ),
    MEMBER_DOWN: Code(
        "member.down",
        Said,
        "The cluster takes that member for down, so nothing is at work on it, and another one \
         goes on with what any of them can do.",
        "Bring the node back; then calha resume PROFILE does what is left to do on it.",
    ),
    HOST_ERROR: Code(
        "host.error",
        Ends,
        "A node could not do what calha asked, or answered what it cannot have meant: a disk is \
         full or cannot be written, a program is missing.",
        "The message names the file and the reason; df -k shows a full disk. Report it when the \
         node is in order.",
    ),
    SECRET_UNANSWERED: Code(
        "secret.unanswered",
        Refuses,
        "A password is wanted, and nobody has typed one.",
        "Run calha on a terminal, or give a file or an environment variable.",
    ),
    SECRET_UNREADABLE: Code(
        "secret.unreadable",
        Refuses,
        "The file or variable with the password is missing, empty, or can be read by others.",
        "Make the file yours alone (chmod 0600); its first line is the password.",
    ),
    CHECK_NAME: Code(
        "check.name",
        Said,
        "The host calls itself something else than the profile.",
        "Right where the cluster's name of a node is not its host name; else the connection leads \
         elsewhere.",
    ),
    CHECK_SUPERUSER: Code(
        "check.superuser",
        Blocks,
        "The shell at the end of the connection is not root's.",
        "Connect as root, or set become.",
    ),
    CHECK_CLOCK: Code(
        "check.clock",
        Said,
        "The clock differs from this machine's by more than three seconds.",
        "Times in logs will not agree; the nodes of a cluster keep theirs together (xntpd).",
    ),
    LOCK_NODE: Code(
        "lock.node",
        Blocks,
        "Another run, or one that was killed elsewhere, holds the lock on the node; the message \
         says whose.",
        "Wait until it has ended. When it is known to be dead, accept it.",
    ),
}
