//! What the second guide asks for, item by item: how a resource type is modified, so that
//! administrators can upgrade its resources.

use crate::guide::row::{Row, by};
use crate::step::StepKind::{TypeDown, TypeRegister, TypeUnregister, TypeUp, TypeVersion};

/// In the order of the guide.
pub(super) const ALL: &[Row] = &[
    by(
        "T01",
        "second guide, contents of the RTR file",
        "Write the registration (RTR) file: the properties of the type, Resource_type first; the \
         directives; the properties of its resources.",
        "Reads every byte of a file, however damaged, and says what is wrong with line, column, \
         rule and remedy. Only what a manual backs is an error. Writes a correct file for a new \
         type from a few answers.",
        &["rt lint", "rt show", "rt new"],
    ),
    by(
        "T02",
        "second guide, names of resource types",
        "Name a type by vendor, name and version; before 3.1 without the version.",
        "Shows both forms of the name and which one registration gives. Asks a cluster for the \
         full name of a resource's type.",
        &["rt show", "rt which"],
    ),
    by(
        "T03",
        "second guide, directives",
        "Give the file #$upgrade, and #$upgrade_from for each earlier version that is \
         supported, between the two parts.",
        "Checks place, form and words of directives, and adds or changes them without touching \
         another byte.",
        &["rt lint", "rt bump"],
    ),
    by(
        "T04",
        "second guide, directives",
        "Say for each earlier version when its resources may be upgraded: ANYTIME, \
         WHEN_UNMONITORED, WHEN_OFFLINE, WHEN_DISABLED, WHEN_UNMANAGED or AT_CREATION.",
        "Says for each version when a resource may move, as example 4-2 does; a version that is \
         not listed counts as WHEN_UNMANAGED.",
        &["rt show", "rt bump", "rt document"],
    ),
    by(
        "T05",
        "second guide, RT_version",
        "Change RT_version whenever the contents of the file change, to a value that tells which \
         version is newer and has no forbidden character. It is required from 3.1 on.",
        "Finds a missing version and forbidden characters, refuses to write such a version, and \
         says when declarations changed and the version did not.",
        &["rt lint", "rt bump", "rt diff"],
    ),
    by(
        "T06",
        "second guide, names before 3.1",
        "Mind that 3.0 registers types without their version and upgrades no resource, and that a \
         type without #$upgrade is registered without its version on any release.",
        "Judges a file for one release, or says which releases take it; tells the name that each \
         gives, and when a change of the file changes the registered name.",
        &["rt lint --release", "rt show", "rt bump"],
    ),
    by(
        "T07",
        "second guide, monitor code",
        "Let monitor code find out under which of its two names a version is registered, by two \
         calls of scha_resourcetype_get.",
        "Makes these two calls on a node and prints the name; gives functions of the Bourne shell \
         for monitor code that do the same.",
        &["rt which"],
    ),
    by(
        "T08",
        "second guide, before the RTR file changes",
        "Know what changed: defaults, tunability, limits and types of properties, the set of \
         properties, methods.",
        "Compares two files and says for each change what follows for resources. Comments, \
         capitals and order do not count as a change.",
        &["rt diff"],
    ),
    by(
        "T09",
        "second guide, packaging",
        "Choose tunability and packaging for the change, by table 4-1.",
        "Gives the row of the table with its reason where the packaging questions are answered, by \
         a file, on the terminal or by comparing two directories of methods. From the two files \
         alone it gives only the least tunability and the open questions.",
        &["rt diff"],
    ),
    by(
        "T10",
        "second guide, documentation",
        "Tell administrators what to do before the package is installed, when resources may be \
         upgraded, and which properties change.",
        "Writes that page from the files of the versions and from what only the author knows, with \
         the commands there and back.",
        &["rt document"],
    ),
    Row {
        steps: &[TypeRegister, TypeDown, TypeVersion, TypeUp, TypeUnregister],
        ..by(
            "T11",
            "second guide, what an upgrade does",
            "Register the new version, bring each resource to the state that its tunability \
             demands, change Type_version, undo the change of state, and unregister the old \
             version.",
            "Asks the cluster for the resources, their versions and states, and every node for \
             files and methods; shows outage and commands; brings down what is demanded and no \
             more; puts the states before back. A refusing Validate method, or --rollback, undoes \
             everything.",
            &["rt upgrade", "rt rehearse"],
        )
    },
];
