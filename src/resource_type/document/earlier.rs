//! One earlier version on the page: what happens to its resources, and which commands do it.

use std::collections::BTreeSet;

use serde::Serialize;

use super::AuthorFacts;
use crate::resource_type::declaration::{Declarations, method_paths};
use crate::resource_type::method::Method;
use crate::resource_type::{Answers, Diff, RegistrationFile, Subject, Tunability};

/// What is said of an earlier version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EarlierVersion {
    /// `version 1.2`, or `a type without version`.
    pub title: String,
    /// What to do before the package is installed, sentences.
    pub before: Vec<String>,
    pub when: String,
    pub changes: Vec<ChangedProperty>,
    /// Commands that bring a resource into the state that the move needs.
    pub prepare: Vec<String>,
    /// The move itself.
    pub command: String,
    /// Commands that put the states back.
    pub restore: Vec<String>,
    /// Whether resources are deleted and created again instead.
    pub recreate: bool,
    /// How to go back, sentences and commands in turn.
    pub back: Vec<String>,
    /// What unregisters it once no resource uses it.
    pub unregister: String,
    /// Questions that the author has not answered.
    #[serde(skip)]
    pub open: Vec<&'static str>,
}

/// A change with what an administrator does about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangedProperty {
    pub line: String,
    pub means: String,
    /// What the author says of it.
    pub conform: Option<String>,
}

impl EarlierVersion {
    pub(super) fn of(old: &RegistrationFile, new: &RegistrationFile, facts: &AuthorFacts) -> Self {
        let diff = Diff::of(old, new);
        let answers = facts.from.get(&diff.old_version).cloned().unwrap_or_default();
        let tunability = diff.tunability().unwrap_or(Tunability::AtCreation);
        let (before, open) = before(old, new, &answers);
        let (prepare, restore) = states(tunability);

        Self {
            title: title(&diff.old_version),
            before,
            when: tunability.when().to_owned(),
            changes: changes(&diff, facts),
            prepare,
            command: command(&diff, new),
            restore,
            recreate: tunability == Tunability::AtCreation,
            back: back(old, &diff),
            unregister: format!("scrgadm -r -t {}", registered(old)),
            open,
        }
    }
}

/// What an earlier version is called in a sentence.
pub(super) fn title(version: &str) -> String {
    match version {
        "" => "a type without a version".to_owned(),
        version => format!("version {version}"),
    }
}

/// The name that registration gives a file's type.
pub(super) fn registered(file: &RegistrationFile) -> String {
    crate::resource_type::Shown::of(file).map(|shown| shown.registered_as).unwrap_or_default()
}

fn changes(diff: &Diff, facts: &AuthorFacts) -> Vec<ChangedProperty> {
    let own = |name: &str| {
        facts.conform.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, t)| t.clone())
    };
    let changed = diff.changes.iter();
    changed
        .map(|change| ChangedProperty {
            line: change.line(),
            means: change.means.clone(),
            conform: own(&change.name),
        })
        .collect()
}

/// Which kind of method is delivered over an earlier one: the same path in both files, and the
/// author's word whether the code behind it is another.
fn before(
    old: &RegistrationFile,
    new: &RegistrationFile,
    answers: &Answers,
) -> (Vec<String>, Vec<&'static str>) {
    let (was, is) = (Declarations::of(old), Declarations::of(new));
    let was: BTreeSet<String> = method_paths(&was).map(|(_, path)| path).collect();
    let shared: Vec<Method> = method_paths(&is)
        .filter(|(_, path)| was.contains(path))
        .map(|(method, _)| method)
        .collect();
    let monitor = |method: &Method| {
        matches!(method, Method::MonitorStart | Method::MonitorStop | Method::MonitorCheck)
    };
    // What has a path of its own overwrites nothing, whatever the code is.
    let overwritten = |wanted: bool, answer: Option<bool>| {
        if shared.iter().any(|method| monitor(method) == wanted) { answer } else { Some(false) }
    };

    let methods = overwritten(false, answers.method_code);
    let monitors = overwritten(true, answers.monitor_code);
    let mut open = Vec::new();
    if methods.is_none() {
        open.push("method-code");
    }
    if monitors.is_none() && methods != Some(true) {
        open.push("monitor-code");
    }

    let mut sentences: Vec<String> =
        told(methods, monitors).iter().map(|sentence| (*sentence).to_owned()).collect();
    if methods != Some(false) {
        let of = |method: &Method| !monitor(method);
        let names: Vec<&str> = shared.iter().filter(|m| of(m)).map(|m| m.name()).collect();
        sentences.push(format!(
            "Both versions have the same path for {}. Where the package overwrites it, the earlier \
             method is gone, and a resource that has not moved yet runs the new one.",
            names.join(", ")
        ));
    }
    (sentences, open)
}

/// What the guide has done, depending on which methods are overwritten; absent: not known.
fn told(methods: Option<bool>, monitors: Option<bool>) -> &'static [&'static str] {
    match (methods, monitors) {
        (Some(true), _) => &[
            "The package overwrites methods of the earlier version.",
            "Boot each node outside the cluster (boot -x), install the package there, and boot it \
             into the cluster again.",
        ],
        (Some(false), Some(true)) => &[
            "The package overwrites the fault monitor only. The node stays in the cluster.",
            "Turn off the monitoring of all resources of the type before you install it: scswitch \
             -n -M -j RESOURCE. Turn it on afterwards: scswitch -e -M -j RESOURCE.",
        ],
        (Some(false), Some(false)) => &[
            "The package overwrites no method. The node stays in the cluster, and monitoring stays \
             on.",
        ],
        _ => &[
            "Whether the package overwrites methods is not known: the author has not said so.",
            "Until it is known, boot each node outside the cluster (boot -x) and install the \
             package there.",
        ],
    }
}

/// Commands before and after the move.
fn states(tunability: Tunability) -> (Vec<String>, Vec<String>) {
    let (before, after): (&[&str], &[&str]) = match tunability {
        Tunability::Anytime | Tunability::AtCreation => (&[], &[]),
        Tunability::WhenUnmonitored => {
            (&["scswitch -n -M -j RESOURCE"], &["scswitch -e -M -j RESOURCE"])
        }
        Tunability::WhenOffline | Tunability::WhenDisabled => {
            (&["scswitch -n -j RESOURCE"], &["scswitch -e -j RESOURCE"])
        }
        Tunability::WhenUnmanaged => (
            &[
                "scswitch -n -j RESOURCES-OF-THE-GROUP",
                "scswitch -F -g GROUP",
                "scswitch -u -g GROUP",
            ],
            &[
                "scswitch -o -g GROUP",
                "scswitch -e -j RESOURCES-OF-THE-GROUP",
                "scswitch -z -g GROUP",
            ],
        ),
    };

    let owned = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect();
    (owned(before), owned(after))
}

/// The change of Type_version, with what has to be given in the same command.
fn command(diff: &Diff, new: &RegistrationFile) -> String {
    let declared = Declarations::of(new);
    let mut command = format!("scrgadm -c -j RESOURCE -y Type_version={}", diff.new_version);
    for change in diff.changes.iter().filter(|c| c.subject == Subject::AddedRequired) {
        let extension = declared.property(&change.name).is_none_or(|p| p.is_extension());
        let letter = if extension { 'x' } else { 'y' };
        command.push_str(&format!(" -{letter} {}=VALUE", change.name));
    }
    command
}

/// Going back is a move to a version that nobody lists (817-4638/6mk5ar9tn).
fn back(old: &RegistrationFile, diff: &Diff) -> Vec<String> {
    if !crate::resource_type::Upgrade::of(old).aware {
        return vec![format!(
            "A resource cannot go back to {}, which has no #$upgrade: delete it and create it \
             again.",
            title(&diff.old_version)
        )];
    }

    let mut sentences = vec![
        "Bring the group out of management as above, and register the earlier version again if it \
         is not registered any more."
            .to_owned(),
        format!("Then: scrgadm -c -j RESOURCE -y Type_version={}", diff.old_version),
        "Properties that only the new version has are deleted from the resource.".to_owned(),
    ];

    let removed = diff.changes.iter().filter(|c| c.subject == Subject::Removed);
    let removed: Vec<&str> = removed.map(|change| change.name.as_str()).collect();
    if !removed.is_empty() {
        sentences.push(format!(
            "Give these in the same command if they had values: {}.",
            removed.join(", ")
        ));
    }
    sentences
}
