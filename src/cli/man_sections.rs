//! What a manual page has besides options and examples: exit status, environment and files. They
//! are the same for every command that works with a profile; a command that only prints has the
//! first statuses, and no files.

use clap::Command;

/// The statuses of `exit`, in a line each.
const STATUSES: [(&str, &str); 7] = [
    ("0", "Done, or nothing to do."),
    ("1", "Something failed, or is in the way."),
    ("2", "Wrong usage, or a profile that cannot be taken."),
    ("3", "Something has changed or was not seen healthy, or a question is open."),
    ("4", "An undo is stuck, or the journal is damaged or in use."),
    ("5", "A node cannot be reached."),
    ("130", "Interrupted; the journal is consistent."),
];

/// How many of them a command has that knows no node.
const OF_PRINTING: usize = 3;

const ENVIRONMENT: [(&str, &str); 4] = [
    ("XDG_STATE_HOME", "Journals are below calha in this directory."),
    ("HOME", "Without the former they are below .local/state/calha here."),
    ("LOGNAME, USER", "Who works, for the journal and the report."),
    ("NO_COLOR, TERM", "Whether a terminal gets colours and a line that changes."),
];

const FILES: [(&str, &str); 3] = [
    (
        "~/.local/state/calha/CLUSTER/PROFILE/journal",
        "What calha did, and what undoes it; closed ones have a number behind their name.",
    ),
    ("~/.local/state/calha/CLUSTER/PROFILE/runs/", "The logs of the last hundred runs."),
    (
        "/var/opt/calha/CLUSTER/PROFILE/",
        "On each node: what calha was about to do there, files as they were, outputs of commands.",
    ),
];

/// The sections of a command's page, in the order of man(7).
pub fn sections(command: &Command) -> String {
    let mut named = command.get_arguments().filter_map(|argument| argument.get_value_names());
    let works = ["calha", "new"].contains(&command.get_name())
        || named.any(|names| names.iter().any(|name| name == "PROFILE"));
    if !works {
        return section("EXIT STATUS", &STATUSES[..OF_PRINTING]);
    }
    section("EXIT STATUS", &STATUSES)
        + &section("ENVIRONMENT", &ENVIRONMENT)
        + &section("FILES", &FILES)
}

fn section(title: &str, entries: &[(&str, &str)]) -> String {
    let entry = |(name, text): &(&str, &str)| {
        format!(".TP\n\\fB{}\\fR\n{}\n", name.replace('-', "\\-"), text.replace('-', "\\-"))
    };
    let entries: String = entries.iter().map(entry).collect();
    format!(".SH \"{title}\"\n{entries}")
}
