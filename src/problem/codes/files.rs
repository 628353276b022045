use super::code;
use crate::problem::Code;
use crate::problem::Effect::{Blocks, Said};

/// Files that are edited or read.
pub const CODES: &[Code] = &[
    code(
        "file.not-text",
        Blocks,
        "The file has bytes that sed(1) and awk(1) of Solaris may not keep.",
        "Look at the line, repair it, or accept it after a look.",
    ),
    code(
        "vfstab.unreadable",
        Blocks,
        "/etc/vfstab cannot be read.",
        "Restore it: a node cannot boot without it.",
    ),
    code(
        "vfstab.link",
        Said,
        "/etc/vfstab is a symbolic link; the file that it leads to is edited.",
        "Nothing, if that is meant.",
    ),
    code(
        "vfstab.missing",
        Blocks,
        "The entry of the shared file system is not there, or not as wanted.",
        "Run calha install: the step vfstab-entry writes it.",
    ),
    code(
        "vfstab.fields",
        Blocks,
        "A line has not seven fields.",
        "Correct or comment it out; mount(1M) reads the same file.",
    ),
    code(
        "vfstab.crlf",
        Blocks,
        "Lines end as on DOS; the last field then ends in a carriage return.",
        "Convert the file: dos2unix.",
    ),
    code("vfstab.duplicate", Blocks, "A mount point has two entries.", "Take one away."),
    code(
        "vfstab.other-entry",
        Blocks,
        "The mount point has an entry with other fields than the profile's.",
        "Correct the profile, or take the entry away.",
    ),
    code(
        "vfstab.device-in-use",
        Blocks,
        "The device is mounted elsewhere by another entry.",
        "Name the volume that belongs to this instance.",
    ),
    code(
        "vfstab.raw-device",
        Blocks,
        "An entry's two devices are different volumes: fsck would check one that is mounted (E43).",
        "Correct the second field.",
    ),
    code("vfstab.too-long", Blocks, "A line is longer than sed(1) takes.", "Shorten it."),
    code(
        "ics-conf.unreadable",
        Blocks,
        "ics.conf is not there or cannot be read.",
        "The configurator writes it: run calha install, or restore it.",
    ),
    code(
        "ics-conf.empty",
        Blocks,
        "ics.conf has no parameters.",
        "Restore it from the copy: calha restore lists them.",
    ),
    code(
        "ics-conf.markers",
        Blocks,
        "The block's first or last line is missing, doubled or changed.",
        "Put the two lines right, or take both away with what is between them.",
    ),
    code(
        "ics-conf.block-changed",
        Blocks,
        "Lines of the block were changed by somebody.",
        "Put them back, or take the block away so that it is written anew.",
    ),
    code(
        "ics-conf.overridden",
        Blocks,
        "A parameter of the block is set again after it, and the last one counts.",
        "Take the later line away, or move it above the block.",
    ),
    code(
        "ics-conf.open-quote",
        Blocks,
        "A quote does not close on its line; how the server reads on is not documented.",
        "Close it; nothing is appended where it might take it in.",
    ),
    code(
        "ics-conf.long-quote",
        Said,
        "A quoted value goes over several lines.",
        "Nothing, if the server takes it; such lines are never read as parameters here.",
    ),
    code(
        "ics-conf.superseded",
        Said,
        "A parameter stands before the block, which has the last word.",
        "Nothing: the product keeps old lines in the same way.",
    ),
    code(
        "ics-conf.not-an-option",
        Said,
        "A line looks like a parameter and is none.",
        "Take the blanks away if it is meant, or put '!' before it.",
    ),
    code(
        "ics-conf.physical-host",
        Said,
        "A value names one node.",
        "Give it the logical host where it must follow the service.",
    ),
    code(
        "ics-conf.physical-name",
        Said,
        "The same, seen when the installation was proved.",
        "calha does not rewrite it; give it the logical host's name where it should move.",
    ),
    code(
        "ics-conf.crlf",
        Said,
        "Lines end as on DOS.",
        "Convert the file once the service is down.",
    ),
    code(
        "syslog-conf.unreadable",
        Blocks,
        "/etc/syslog.conf cannot be read.",
        "Restore it; syslogd needs it.",
    ),
    code(
        "syslog-conf.other",
        Said,
        "Another line writes messages of the same kind.",
        "Nothing: it stays, and what both select is written twice.",
    ),
    code(
        "syslog-conf.blanks",
        Said,
        "Selector and action are separated by blanks, and syslogd wants a TAB.",
        "Put a TAB there if the line is meant to work.",
    ),
    code(
        "edit.changed-since",
        Said,
        "A file was changed after calha edited it; those changes stay when the edit is taken back.",
        "Look at the diff that is shown.",
    ),
    code(
        "ha-block.unreachable",
        Blocks,
        "The shared file system is mounted on no node that can be asked.",
        "Bring the resource group online, then go on.",
    ),
];
