use super::code;
use crate::problem::Code;
use crate::problem::Effect::{Blocks, Refuses};

/// The profile and its settings.
pub const CODES: &[Code] = &[
    code(
        "profile.unreadable",
        Refuses,
        "The file cannot be opened or read.",
        "Check its name and your rights to it.",
    ),
    code(
        "profile.directory",
        Refuses,
        "The name is that of a directory.",
        "Name the file in it; check, status and verify take a directory.",
    ),
    code(
        "profile.too-large",
        Refuses,
        "No profile has more than 256 KiB.",
        "Check the name of the file.",
    ),
    code(
        "profile.encoding",
        Refuses,
        "The file is not UTF-8.",
        "Save it as UTF-8; plain ASCII is.",
    ),
    code(
        "profile.empty",
        Refuses,
        "The file has no settings at all.",
        "Begin with calha new, or with a copy of profiles/asymmetric.toml.",
    ),
    code(
        "profile.syntax",
        Refuses,
        "A line is not TOML; the caret stands where reading failed.",
        "A line is a [table] or key = value; text stands in double quotes.",
    ),
    code(
        "profile.name",
        Refuses,
        "The file's name becomes a path on the nodes, and has characters that cannot stand there.",
        "Use letters, digits, hyphens and underscores.",
    ),
    code(
        "profile.exists",
        Refuses,
        "A new profile would be written over a file that is there.",
        "Name another file, or edit that one and run calha profile check.",
    ),
    code(
        "profile.unwritable",
        Refuses,
        "The profile, or the answers of an interview, cannot be written.",
        "Name a directory that is there and yours, and has room.",
    ),
    code(
        "profile.template",
        Refuses,
        "A mistake of calha: a template does not fit.",
        "Report it with the command and the profile.",
    ),
    code(
        "profile.changed",
        Blocks,
        "Steps that began used other settings than the profile has now.",
        "Put the settings back, or take those steps back first: calha rollback --from STEP. Accepting it leaves what was done with the old ones.",
    ),
    code(
        "setting.missing",
        Refuses,
        "A setting without a default has no value.",
        "Add it to the profile, give --set, or let calha new ask for it.",
    ),
    code(
        "setting.incomplete",
        Refuses,
        "Something that belongs to the setting is not there.",
        "Give both, or as many as the model has; the message says which.",
    ),
    code(
        "setting.unknown",
        Refuses,
        "The key is no setting, or names a node or an instance that the profile does not have.",
        "Take the spelling that is proposed; calha settings lists all.",
    ),
    code(
        "setting.duplicate",
        Refuses,
        "The key is given twice.",
        "Take one of the two lines away.",
    ),
    code(
        "setting.syntax",
        Refuses,
        "What stands behind --set, or was typed, is no value.",
        "Quote the whole argument for your shell: --set 'cluster.nodes=[\"Node1\", \"Node2\"]'.",
    ),
    code(
        "setting.type",
        Refuses,
        "The value has another type than the setting: a number for a text, a text for a list.",
        "Write it as the message shows.",
    ),
    code(
        "setting.choice",
        Refuses,
        "The setting has a few values, and this is none of them.",
        "Take one of those that are listed.",
    ),
    code(
        "setting.number",
        Refuses,
        "The number is out of the range, or 0 where root is meant.",
        "Take a number from the range that is named.",
    ),
    code(
        "setting.name",
        Refuses,
        "The name has characters, or a length, that Solaris or Sun Cluster does not take.",
        "Take a name as the message describes.",
    ),
    code(
        "setting.text",
        Refuses,
        "The text would be read as something else by a shell, vfstab or scrgadm.",
        "Leave the character away that is named.",
    ),
    code(
        "setting.path",
        Refuses,
        "It is no absolute path that a node and its tables can have.",
        "Begin with a slash; no blanks, no '.', no '..'.",
    ),
    code(
        "setting.address",
        Refuses,
        "It is no IPv4 address of one host; the guide's own example is none (E20).",
        "Write four numbers from 0 to 255.",
    ),
    code(
        "setting.connection",
        Refuses,
        "It is none of the ways in which a host is reached.",
        "\"ssh\", \"local\", \"none\", { ssh = ... } or { command = [...] }.",
    ),
    code(
        "setting.secret",
        Refuses,
        "A password would stand in the profile or on a command line, where everybody sees it.",
        "Give a file, an environment variable, or \"ask\".",
    ),
    code(
        "setting.conflict",
        Refuses,
        "Two settings that are right alone do not go together.",
        "Change the one that is named, or the other one.",
    ),
    code(
        "setting.internal",
        Refuses,
        "A mistake of calha: a value that was checked cannot be used.",
        "Report it with the profile.",
    ),
    code(
        "instance.missing",
        Refuses,
        "The profile has no instance, or the command has to be told which one.",
        "Name one of those that are listed.",
    ),
    code(
        "instance.unknown",
        Refuses,
        "No instance has this name.",
        "Name one of those that are listed.",
    ),
    code(
        "instance.only",
        Refuses,
        "The installation has one instance, which cannot be taken away from the others.",
        "calha uninstall without --instance takes the whole back.",
    ),
    code(
        "ha-block.value",
        Refuses,
        "A value cannot stand in ics.conf, where quotes and exclamation marks mean something.",
        "Letters, digits, dots and hyphens only.",
    ),
    code(
        "ha-block.template",
        Refuses,
        "A mistake of calha: a template does not fit.",
        "Report it with the profile.",
    ),
];
