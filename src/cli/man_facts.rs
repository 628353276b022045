//! What a command ends with, which variables it reads and which files it has to do with, for its
//! manual page. It is found by the command's words; one that is not named here works on the nodes
//! of a profile.

/// A name and what is said of it.
pub type Entry = (&'static str, &'static str);

/// What a manual page says of its command in three of its sections.
#[derive(Default)]
pub struct Facts {
    pub statuses: Vec<Entry>,
    pub environment: Vec<Entry>,
    pub files: Vec<Entry>,
}

/// The statuses of `exit`, in a line each.
const STATUSES: [Entry; 7] = [
    ("0", "Done, or nothing to do."),
    ("1", "Something failed, or is in the way."),
    ("2", "Wrong usage, or a profile that cannot be taken."),
    ("3", "Something has changed or was not seen healthy, or a question is open."),
    ("4", "An undo is stuck, or the journal is damaged or in use."),
    ("5", "A node cannot be reached."),
    ("130", "Interrupted; the journal is consistent."),
];

/// Of a command that knows neither nodes nor journals.
const OF_PRINTING: [&str; 3] = ["0", "1", "2"];
/// Of a command that has a journal and asks no node.
const OF_JOURNAL: [&str; 5] = ["0", "1", "2", "3", "4"];
/// Of a command whose nodes are simulated.
const OF_REHEARSAL: [&str; 5] = ["0", "1", "2", "3", "130"];
const ALL: [&str; 7] = ["0", "1", "2", "3", "4", "5", "130"];

const OF_STATE: [Entry; 3] = [
    ("XDG_STATE_HOME", "Journals are below calha in this directory."),
    ("HOME", "Without XDG_STATE_HOME they are below .local/state/calha in this directory."),
    ("LOGNAME, USER", "Who works, for the journal and the report."),
];
const OF_NODES: [Entry; 2] = [
    ("PATH", "Where ssh and other programs that reach a node are found."),
    ("Names in the profile", "{ env = \"NAME\" } takes a password from the variable NAME."),
];
const OF_TERMINAL: Entry =
    ("NO_COLOR, TERM", "Whether a terminal gets colours and a line that changes.");
const OF_SCRATCH: Entry =
    ("TMPDIR", "Where the simulated cluster is made without --keep; /tmp if it is not set.");
const OF_LAB: Entry = ("PATH", "Where a simulated node finds this machine's base commands.");
const OF_LAB_SHELL: Entry =
    ("CALHA_LAB_ROOT", "The root of the node, set in a shell that is entered by a prefix.");
const OF_COMPLETION: Entry =
    ("CALHA_COMPLETE", "Set by the printed script when the shell asks calha for completions.");

const PROFILE: Entry = ("PROFILE", "The settings, in TOML; calha settings explains each one.");
const JOURNAL: [Entry; 2] = [
    (
        "~/.local/state/calha/CLUSTER/PROFILE/journal",
        "What calha did, and what undoes it. A number follows the name of a closed one.",
    ),
    ("~/.local/state/calha/CLUSTER/PROFILE/runs/", "The logs of the last hundred runs."),
];
const RECORD: Entry = (
    "/var/opt/calha/CLUSTER/PROFILE/",
    "On each node: what calha was about to do there, files as they were, outputs of commands.",
);
const DRAFTS: Entry =
    ("~/.local/state/calha/.drafts/", "The answers of an interview that was interrupted.");
const LAB: Entry =
    ("DIRECTORY/", "The simulated cluster. The files of its nodes are below nodes/NAME.");
const SCRATCH: Entry =
    ("/tmp/calha-rehearsal-*/", "The simulated cluster; calha removes it at the end.");
const REGISTRATION: Entry =
    ("FILE, OLD, NEW", "Registration (RTR) files. Agents keep theirs in /opt/PACKAGE/etc.");
const PLAYBOOK: Entry =
    ("DIR/", "inventory.yml, site.yml and the scripts that the playbook runs on the nodes.");

impl Facts {
    /// Of the command with these words: "lab create"; none: calha itself.
    pub fn of(words: &str) -> Self {
        let (first, second) = words.split_once(' ').unwrap_or((words, ""));
        match (first, second) {
            ("models" | "downtime" | "schema" | "settings" | "man", _) => {
                Self::ending(&OF_PRINTING)
            }
            ("completions", _) => Self::ending(&OF_PRINTING).reading(&[OF_COMPLETION]),
            ("explain" | "worksheet" | "profile", _) => {
                Self::ending(&OF_PRINTING).about(&[PROFILE])
            }
            ("export", _) => Self::ending(&OF_PRINTING).about(&[PROFILE, PLAYBOOK]),
            ("lab", "shell" | "destroy") => {
                Self::ending(&OF_PRINTING).reading(&[OF_LAB, OF_LAB_SHELL]).about(&[LAB])
            }
            ("lab", "create") => {
                Self::ending(&OF_PRINTING).reading(&[OF_LAB]).about(&[PROFILE, LAB])
            }
            ("lab", _) => Self::ending(&OF_PRINTING).reading(&[OF_LAB]).about(&[LAB]),
            ("rehearse", _) => Self::ending(&OF_REHEARSAL)
                .reading(&[OF_SCRATCH, OF_LAB])
                .about(&[PROFILE, SCRATCH]),
            ("rt", "rehearse") => Self::ending(&OF_REHEARSAL)
                .reading(&[OF_SCRATCH, OF_LAB])
                .about(&[REGISTRATION, SCRATCH]),
            ("rt", "which") => {
                Self::ending(&ALL).reading(&OF_NODES).about(&[PROFILE, REGISTRATION])
            }
            ("rt", "upgrade") => Self::of_work().about(&[REGISTRATION]),
            ("rt", _) => Self::ending(&OF_PRINTING).about(&[REGISTRATION]),
            ("new", _) => Self::ending(&ALL)
                .reading(&OF_STATE[..2])
                .reading(&OF_NODES)
                .about(&[PROFILE, DRAFTS]),
            ("report" | "resolve" | "import-results", _) => {
                Self::ending(&OF_JOURNAL).reading(&OF_STATE).about(&[PROFILE]).about(&JOURNAL)
            }
            _ => Self::of_work(),
        }
    }

    /// Of a command that works on nodes with a journal.
    fn of_work() -> Self {
        Self::ending(&ALL)
            .reading(&OF_STATE)
            .reading(&OF_NODES)
            .reading(&[OF_TERMINAL])
            .about(&[PROFILE])
            .about(&JOURNAL)
            .about(&[RECORD])
    }

    fn ending(with: &[&str]) -> Self {
        let statuses = STATUSES.into_iter().filter(|(status, _)| with.contains(status)).collect();
        Self { statuses, ..Self::default() }
    }

    fn reading(mut self, variables: &[Entry]) -> Self {
        self.environment.extend(variables);
        self
    }

    fn about(mut self, files: &[Entry]) -> Self {
        self.files.extend(files);
        self
    }
}
