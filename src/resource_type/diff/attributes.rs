//! What differs between two declarations of one resource property.

use super::{Change, Subject};
use crate::resource_type::declaration::Declared;

/// Every attribute that differs, with what it means for resources.
pub fn changes(old: &Declared<'_>, new: &Declared<'_>) -> Vec<Change> {
    let mut found = Vec::new();
    default(old, new, &mut found);
    tunability(old, new, &mut found);
    kind(old, new, &mut found);
    for (names, lower) in LIMITS {
        limit(old, new, names, *lower, &mut found);
    }

    if old.is_extension() != new.is_extension() {
        let word =
            |own: &Declared<'_>| if own.is_extension() { "an extension" } else { "the system's" };
        let means = "which of the two it is, is the cluster's to judge";
        found.push(change(new, Subject::Other, "property", word(old), word(new), means));
    }
    found
}

/// A declaration in a few words.
pub fn summary(declared: &Declared<'_>) -> String {
    let kind = match declared.kind() {
        Some(("Enum", _)) => format!("ENUM {{ {} }}", declared.literals().join(", ")),
        Some((kind, _)) => kind.to_uppercase(),
        None => "the system's".into(),
    };
    match declared.value(&["Default"]) {
        Some(value) if value.is_empty() => format!("{kind}, default \"\""),
        Some(value) => format!("{kind}, default {value}"),
        None => format!("{kind}, no default"),
    }
}

fn change(
    of: &Declared<'_>,
    subject: Subject,
    what: &str,
    was: &str,
    is: &str,
    means: &str,
) -> Change {
    let name = of.name().unwrap_or_default();
    Change {
        subject,
        name: format!("{name}, {what}"),
        was: Some(was.to_owned()),
        is: Some(is.to_owned()),
        means: means.to_owned(),
    }
}

fn default(old: &Declared<'_>, new: &Declared<'_>, found: &mut Vec<Change>) {
    let word = |own: &Declared<'_>| {
        let value = own.value(&["Default"]);
        let words = matches!(own.kind(), Some(("Boolean" | "Enum", _)));
        if words { value.map(|value| value.to_uppercase()) } else { value }
    };
    let (was, is) = (word(old), word(new));
    if was == is {
        return;
    }
    let shown = |own: &Declared<'_>| own.value(&["Default"]).unwrap_or_else(|| "none".into());
    let means = if is.is_none() && new.is_extension() {
        "resources without a value of their own need one in the same command"
    } else {
        "resources without a value of their own take the new one; explicit values stay; the new \
         Validate judges"
    };
    found.push(change(new, Subject::Default, "default", &shown(old), &shown(new), means));
}

fn tunability(old: &Declared<'_>, new: &Declared<'_>, found: &mut Vec<Change>) {
    let word =
        |own: &Declared<'_>| match own.value(&["Tunable"]).map(|w| w.to_uppercase()).as_deref() {
            Some("TRUE" | "") => Some("ANYTIME".to_owned()),
            Some("FALSE") => Some("NONE".to_owned()),
            Some(other) => Some(other.to_owned()),
            None if own.is_extension() => Some("ANYTIME".to_owned()),
            None => None,
        };
    let (was, is) = (word(old), word(new));
    if was != is {
        let shown = |word: Option<String>| word.unwrap_or_else(|| "as the system has it".into());
        let means = "values stay; from then on they change when the new version says; \
                     the new Validate judges";
        found.push(change(new, Subject::Tunability, "tunable", &shown(was), &shown(is), means));
    }
}

fn kind(old: &Declared<'_>, new: &Declared<'_>, found: &mut Vec<Change>) {
    let (was, is) = (old.kind().map(|k| k.0), new.kind().map(|k| k.0));
    if was != is {
        let shown = |kind: Option<&str>| kind.unwrap_or("none").to_uppercase();
        let means = "the command that changes Type_version checks every value";
        found.push(change(new, Subject::Constraint, "type", &shown(was), &shown(is), means));
        return;
    }

    let upper = |own: &Declared<'_>| -> Vec<String> {
        own.literals().iter().map(|literal| literal.to_uppercase()).collect()
    };
    let (was, is) = (upper(old), upper(new));
    if was.iter().any(|literal| !is.contains(literal)) || was.len() != is.len() {
        let lost = was.iter().any(|literal| !is.contains(literal));
        let means = if lost {
            "a resource with a literal that is gone needs another value in the same command"
        } else {
            "nothing, for values that stand"
        };
        let list = |own: &Declared<'_>| own.literals().join(", ");
        found.push(change(new, Subject::Constraint, "literals", &list(old), &list(new), means));
    }
}

/// Limits in all their spellings, and whether they are lower ones.
const LIMITS: &[(&[&str], bool)] = &[
    (&["Min"], true),
    (&["Max"], false),
    (&["Minlength"], true),
    (&["Maxlength"], false),
    (&["Array_minsize", "Arraymin"], true),
    (&["Array_maxsize", "Arraymax"], false),
];

fn limit(
    old: &Declared<'_>,
    new: &Declared<'_>,
    names: &[&str],
    lower: bool,
    found: &mut Vec<Change>,
) {
    let (was, is) = (old.value(names), new.value(names));
    if was == is {
        return;
    }

    let narrower = match (old.number(names), new.number(names)) {
        (Some(was), Some(is)) => {
            if lower {
                is > was
            } else {
                is < was
            }
        }
        (None, Some(_)) => true,
        _ => false,
    };

    let means = if narrower {
        "it is narrower: the command checks every value, one outside needs another in the same \
         command"
    } else {
        "nothing, for values that stand"
    };

    let shown = |value: Option<String>| value.unwrap_or_else(|| "none".into());
    let what = names[0].to_lowercase();
    found.push(change(new, Subject::Constraint, &what, &shown(was), &shown(is), means));
}
