//! `calha rt diff`: what changed between two versions of a type, in the guide's terms, and what
//! that means for resources.
//!
//! Two texts say which declarations changed. Whether methods and monitors are compatible they
//! cannot say; that comes from answers, or from comparing the files themselves. Without these only
//! a floor is given: what holds in any case.

mod answers;
mod attributes;
mod change;
mod packaging;

pub use answers::{Answers, QUESTIONS, compared};
pub use change::{Change, Subject};
pub use packaging::{Packaging, Path, packaging};

use std::collections::{BTreeMap, BTreeSet};

use super::Tunability;
use super::declaration::{Declarations, Declared, method_paths};
use super::method::Method;
use super::reader::RegistrationFile;
use super::upgrade::Upgrade;

/// Everything that differs, comments, capitals and order apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diff {
    /// The plain names, where they differ: the new file is another type then.
    pub renamed: Option<(String, String)>,
    pub old_version: String,
    pub new_version: String,
    /// What the new file's directives are.
    pub upgrade: Upgrade,
    pub changes: Vec<Change>,
}

impl Diff {
    /// Compares two files.
    pub fn of(old: &RegistrationFile, new: &RegistrationFile) -> Self {
        let (before, after) = (Declarations::of(old), Declarations::of(new));
        let names = (before.plain_name(), after.plain_name());
        let renamed = match names {
            (Some(was), Some(is)) if !was.eq_ignore_ascii_case(&is) => Some((was, is)),
            _ => None,
        };
        let version = |of: &Declarations<'_>| of.value("RT_version").unwrap_or_default();

        let mut changes = Vec::new();
        type_properties(&before, &after, &mut changes);
        methods(&before, &after, &mut changes);
        properties(&before, &after, &mut changes);

        Self {
            renamed,
            old_version: version(&before),
            new_version: version(&after),
            upgrade: Upgrade::of(new),
            changes,
        }
    }

    /// Whether there is anything to register: something changed, and be it the version alone.
    pub fn is_registered(&self) -> bool {
        !self.changes.is_empty() || self.old_version != self.new_version
    }

    /// What the new file says about resources of the old version; absent: it does not let any move.
    pub fn tunability(&self) -> Option<Tunability> {
        self.upgrade.aware.then(|| self.upgrade.tunability(&self.old_version))
    }

    /// Whether a change is about this.
    pub fn has(&self, subject: Subject) -> bool {
        self.changes.iter().any(|change| change.subject == subject)
    }
}

/// Type properties that take words, whose capitals do not matter.
const WORDS: [&str; 7] = [
    "Failover",
    "Single_instance",
    "Init_nodes",
    "RT_system",
    "Global_zone",
    "Proxy",
    "Sysdefined_type",
];

/// Those that are told elsewhere: the names, the version, and where methods are.
const ELSEWHERE: [&str; 4] = ["Resource_type", "Vendor_id", "RT_version", "RT_basedir"];

fn type_properties(before: &Declarations<'_>, after: &Declarations<'_>, changes: &mut Vec<Change>) {
    for name in super::type_property::TYPE_PROPERTIES {
        if ELSEWHERE.contains(&name) {
            continue;
        }
        let text = |of: &Declarations<'_>| {
            let statement = of.statement(name)?;
            let values = of.file.joined(statement, ", ");
            let text = if statement.assigned { values } else { "TRUE".into() };
            Some(if WORDS.contains(&name) { text.to_uppercase() } else { text })
        };
        changes.extend(Change::of_value(Subject::Type, name, text(before), text(after)));
    }
}

fn methods(before: &Declarations<'_>, after: &Declarations<'_>, changes: &mut Vec<Change>) {
    let path = |of: &Declarations<'_>, method: Method| {
        Some(method_paths(of).find(|(own, _)| *own == method)?.1)
    };
    for method in Method::ALL {
        let (was, is) = (path(before, method), path(after, method));
        let subject =
            if was.is_some() && is.is_some() { Subject::MethodPath } else { Subject::MethodSet };
        changes.extend(Change::of_value(subject, method.name(), was, is));
    }
}

/// The declared resource properties with their names, in the order of the file. Of two that have
/// one name the first is taken, as everywhere.
fn named<'f>(of: &Declarations<'f>) -> Vec<(String, Declared<'f>)> {
    let mut seen = BTreeSet::new();
    let named = of.properties().filter_map(|declared| Some((declared.name()?, declared)));
    named.filter(|(name, _)| seen.insert(name.to_ascii_lowercase())).collect()
}

fn properties(before: &Declarations<'_>, after: &Declarations<'_>, changes: &mut Vec<Change>) {
    let (before, after) = (named(before), named(after));
    let by_name = |all: &[(String, Declared<'_>)]| -> BTreeMap<String, usize> {
        (0..).zip(all).map(|(at, (name, _))| (name.to_ascii_lowercase(), at)).collect()
    };
    let (was, is) = (by_name(&before), by_name(&after));

    for (name, old) in &before {
        match is.get(&name.to_ascii_lowercase()).map(|at| &after[*at].1) {
            Some(new) => changes.extend(attributes::changes(old, new)),
            None => changes.push(Change {
                subject: Subject::Removed,
                name: name.clone(),
                was: Some(attributes::summary(old)),
                is: None,
                means: "it is deleted from every resource that moves".into(),
            }),
        }
    }
    for (name, new) in &after {
        if was.contains_key(&name.to_ascii_lowercase()) {
            continue;
        }
        let required = new.attribute(&["Default"]).is_none() && new.is_extension();
        let means = if required {
            "it has no default: give a value in the same command that changes Type_version"
        } else {
            "every resource that moves takes the default"
        };
        changes.push(Change {
            subject: if required { Subject::AddedRequired } else { Subject::Added },
            name: name.clone(),
            was: None,
            is: Some(attributes::summary(new)),
            means: means.into(),
        });
    }
}
