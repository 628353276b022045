use super::code;
use crate::problem::Code;
use crate::problem::Effect::{Blocks, Ends, Refuses};

/// Rebuilding, importing, exporting, explaining.
pub const CODES: &[Code] = &[
    code(
        "adopt.journal",
        Refuses,
        "There is a journal of this installation already.",
        "calha status says what it knows; nothing has to be rebuilt.",
    ),
    code(
        "adopt.nothing",
        Refuses,
        "No node keeps a record of this installation.",
        "The record's path has the profile's name in it: use the profile under its old name.",
    ),
    code(
        "adopt.other-settings",
        Blocks,
        "A record on a node was made with other settings.",
        "Use the profile as it was then.",
    ),
    code(
        "import.nothing",
        Refuses,
        "No result of a script was given.",
        "Name the files, or the directory that holds them.",
    ),
    code(
        "import.journal",
        Refuses,
        "There is a journal already, made by other runs.",
        "Results are for a profile that was installed by scripts only.",
    ),
    code(
        "import.missing",
        Refuses,
        "The result of an earlier script is missing.",
        "Bring the results of all scripts that were run, each as it was at the end.",
    ),
    code(
        "import.twice",
        Refuses,
        "A result is there twice, and the two differ.",
        "Keep the one from the node's last run.",
    ),
    code(
        "import.unknown",
        Refuses,
        "A result belongs to no script of this profile.",
        "Use the profile that the scripts were printed from.",
    ),
    code(
        "import.other-settings",
        Refuses,
        "A result was made from other settings.",
        "Use the profile as it was when the scripts were printed.",
    ),
    code("result.unreadable", Refuses, "A result cannot be read.", "Copy it again from the node."),
    code(
        "export.connection",
        Refuses,
        "A node is reached in a way that Ansible does not know.",
        "Give it an ssh connection, for example with --set.",
    ),
    code(
        "export.template",
        Refuses,
        "A mistake of calha: a template does not fit.",
        "Report it with the profile.",
    ),
    code(
        "explain.unknown",
        Refuses,
        "There is no such step, row, erratum or code.",
        "Take the one that is proposed.",
    ),
    code("guide.template", Refuses, "A mistake of calha: a template does not fit.", "Report it."),
    code("guide.values", Refuses, "A mistake of calha: the example is not valid.", "Report it."),
    code(
        "worksheet.template",
        Refuses,
        "A mistake of calha: a template does not fit.",
        "Report it with the profile.",
    ),
    code(
        "worksheet.values",
        Refuses,
        "A mistake of calha: the example is not valid.",
        "Report it.",
    ),
    code(
        "report.nothing",
        Refuses,
        "Nothing was installed from here with this profile.",
        "Install first; calha worksheet shows what a profile says.",
    ),
    code(
        "report.unwritable",
        Ends,
        "The report cannot be written.",
        "Name a file in a directory that is there and yours.",
    ),
    code(
        "report.template",
        Refuses,
        "A mistake of calha: a template does not fit.",
        "Report it with the profile.",
    ),
    code(
        "rtr.unreadable",
        Refuses,
        "A registration (RTR) file cannot be read.",
        "Name a file that is there; agents keep theirs in /opt/PACKAGE/etc.",
    ),
    code(
        "rtr.unwritable",
        Refuses,
        "A registration (RTR) file cannot be mended in its place.",
        "Look at the permissions of its directory; the file is as it was.",
    ),
    code(
        "rtr.bump",
        Refuses,
        "A registration (RTR) file cannot get that version.",
        "Use letters, digits, dots and minus signs; mend errors of syntax first.",
    ),
    code(
        "rtr.answers",
        Refuses,
        "The file of answers to the packaging questions cannot be used.",
        "It is TOML with true or false for each question; calha rt diff names them.",
    ),
    code(
        "rtr.methods",
        Refuses,
        "A method that the registration (RTR) file declares is not in its directory.",
        "Name the directories that hold the methods of the two versions.",
    ),
];
