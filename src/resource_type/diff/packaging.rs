//! Table 4-1 of the second guide: which tunability and which packaging a change asks for.

use serde::Serialize;

use super::{Answers, Diff, Subject};
use crate::resource_type::Tunability;

/// Where new files go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Path {
    /// Nothing of the kind is delivered.
    Nothing,
    /// They may take the place of the old ones.
    Overwrite,
    /// They need a path of their own: the old ones stay in use.
    Own,
    /// Only an answer could say.
    Unknown,
}

/// What the table says of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Packaging {
    /// Whether anything has to be registered at all.
    pub register: bool,
    /// The tunability that the answers give; absent: they are not enough, and the floor is all that
    /// is known.
    pub tunability: Option<Tunability>,
    /// No upgrade is less restricted than this, whatever the answers.
    pub floor: Tunability,
    /// The row of the table, or why there is none.
    pub row: &'static str,
    /// What is delivered and where, as the table has it.
    pub scheme: &'static str,
    pub methods: Path,
    /// Questions that have to be answered before the table says more, by name.
    pub open: Vec<&'static str>,
}

/// What the table says.
pub fn packaging(diff: &Diff, answers: &Answers) -> Packaging {
    let floor = floor(diff);
    let answers = derived(diff, answers);

    let open = open(diff, &answers);
    let row = if open.is_empty() { row(diff, &answers) } else { UNKNOWN };
    let restricted = row.tunability.map(|tunability| {
        let defaults =
            match (&answers.fini_fails_with_new_defaults, &answers.stop_fails_with_new_defaults) {
                (Some(true), _) => Tunability::WhenUnmanaged,
                (_, Some(true)) => Tunability::WhenOffline,
                _ => Tunability::Anytime,
            };
        tunability.max(defaults).max(floor)
    });

    Packaging {
        register: diff.is_registered(),
        tunability: restricted,
        floor,
        row: row.name,
        scheme: row.scheme,
        methods: row.methods,
        open,
    }
}

/// What holds whatever the code does: without `#$upgrade` in the new file no resource can move
/// (E56681/rtupgrade-16).
fn floor(diff: &Diff) -> Tunability {
    if diff.upgrade.aware { Tunability::Anytime } else { Tunability::AtCreation }
}

/// What follows from the texts without a question.
fn derived(diff: &Diff, answers: &Answers) -> Answers {
    let mut all = answers.clone();
    let code = all.method_code == Some(true);
    let nothing = |open: &mut Option<bool>, value: bool| {
        open.get_or_insert(value);
    };
    if all.method_code == Some(false) {
        nothing(&mut all.stop_fits_old_start, true);
        nothing(&mut all.fini_fits_old_init, true);
        nothing(&mut all.methods_need_new_properties, false);
    }
    if code && !diff.has(Subject::Added) && !diff.has(Subject::AddedRequired) {
        nothing(&mut all.methods_need_new_properties, false);
    }
    if !diff.has(Subject::Default) && !diff.has(Subject::Added) {
        nothing(&mut all.stop_fails_with_new_defaults, false);
        nothing(&mut all.fini_fails_with_new_defaults, false);
    }
    all
}

fn open(diff: &Diff, answers: &Answers) -> Vec<&'static str> {
    let all = [
        ("monitor-code", answers.monitor_code),
        ("method-code", answers.method_code),
        ("stop-fits-old-start", answers.stop_fits_old_start),
        ("fini-fits-old-init", answers.fini_fits_old_init),
        ("methods-need-new-properties", answers.methods_need_new_properties),
        ("stop-fails-with-new-defaults", answers.stop_fails_with_new_defaults),
        ("fini-fails-with-new-defaults", answers.fini_fails_with_new_defaults),
    ];
    // What nothing is registered for needs no more than whether code changed.
    let needed = |name: &str| diff.is_registered() || name.ends_with("-code");
    all.into_iter().filter(|(name, said)| said.is_none() && needed(name)).map(|(n, _)| n).collect()
}

struct Row {
    name: &'static str,
    tunability: Option<Tunability>,
    scheme: &'static str,
    methods: Path,
}

const UNKNOWN: Row = Row {
    name: "not known before the open questions are answered",
    tunability: None,
    scheme: "not known before the open questions are answered",
    methods: Path::Unknown,
};

/// The first row of the table that fits, the most restricted first.
fn row(diff: &Diff, answers: &Answers) -> Row {
    let is = |answer: Option<bool>| answer == Some(true);
    let (code, monitor) = (is(answers.method_code), is(answers.monitor_code));
    let added = diff.has(Subject::Added) || diff.has(Subject::AddedRequired);

    if !diff.is_registered() {
        return Row {
            name: "only code changed, the registration file did not",
            tunability: None,
            scheme: "overwrite the methods of the earlier version; nothing is registered, \
                     no resource moves",
            methods: Path::Overwrite,
        };
    }
    if code && !is(answers.fini_fits_old_init) {
        return Row {
            name: "methods changed; the new Fini does not fit the old Init",
            tunability: Some(Tunability::WhenUnmanaged),
            scheme: "put the updated methods into another path than the earlier ones",
            methods: Path::Own,
        };
    }
    if code && added && is(answers.methods_need_new_properties) {
        return Row {
            name: "methods changed and properties were added, which the new methods need",
            tunability: Some(Tunability::WhenDisabled),
            scheme: "overwrite the methods of the earlier version",
            methods: Path::Overwrite,
        };
    }
    if code && !is(answers.stop_fits_old_start) {
        return Row {
            name: "methods changed; the new Update and Stop do not fit the old Start",
            tunability: Some(Tunability::WhenOffline),
            scheme: "put the updated methods into another path than the earlier ones",
            methods: Path::Own,
        };
    }
    compatible(code, monitor, added)
}

fn compatible(code: bool, monitor: bool, added: bool) -> Row {
    if monitor {
        return Row {
            name: "a new monitor",
            tunability: Some(Tunability::WhenUnmonitored),
            scheme: "overwrite only the monitor of the earlier version",
            methods: Path::Overwrite,
        };
    }

    match (code, added) {
        (true, true) => Row {
            name: "methods changed and properties were added, which the new methods do not need",
            tunability: Some(Tunability::Anytime),
            scheme: "overwrite the methods of the earlier version",
            methods: Path::Overwrite,
        },
        (true, false) => Row {
            name: "methods changed and fit the earlier version",
            tunability: Some(Tunability::Anytime),
            scheme: "put the updated methods into another path than the earlier ones",
            methods: Path::Own,
        },
        (false, _) => Row {
            name: "properties changed in the registration file only",
            tunability: Some(Tunability::Anytime),
            scheme: "deliver the new registration file only",
            methods: Path::Nothing,
        },
    }
}
