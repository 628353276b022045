//! The properties of a rehearsed resource: those that somebody gave, and a value of their type for
//! each that has no default. What was assumed is told, since a real resource has other values.

use crate::cluster::Property;
use crate::resource_type::DeclaredProperty;
use crate::type_upgrade::{Assignment, Version};

/// Properties of the system that a resource has only where its type declares them; all are numbers.
const DECLARED_ONLY: [&str; 4] =
    ["Retry_count", "Retry_interval", "Thorough_probe_interval", "Cheap_probe_interval"];

/// What the resource is given, and when.
#[derive(Debug, Default)]
pub struct RehearsalValues {
    /// When it is made, of the old version.
    pub before: Vec<Property>,
    /// Along with the new version.
    pub along: Vec<Assignment>,
    /// Those of both that nobody gave.
    pub assumed: Vec<String>,
}

impl RehearsalValues {
    /// A value that only the new version takes, or that names the resource, is given along with the
    /// new version; every other one when the resource is made.
    pub fn of(old: &Version, new: &Version, given: Vec<Assignment>) -> Self {
        let mut values = Self::default();
        for one in given {
            let own = old.property(&one.name);
            let fits = own.is_some_and(|(declared, _)| takes(declared, &one.value));
            let later = one.resource.is_some() || (!fits && new.property(&one.name).is_some());
            if later {
                values.along.push(one);
                continue;
            }
            let (name, extension) = own
                .map_or((one.name.clone(), false), |(declared, extension)| {
                    (declared.name.clone(), extension)
                });
            values.before.push(Property { name, extension, value: one.value });
        }

        values.assume_before(old, new);
        values.assume_along(old, new);
        values
    }

    fn assume_before(&mut self, old: &Version, new: &Version) {
        let system = old.standard.iter().filter(|declared| {
            DECLARED_ONLY.iter().any(|name| name.eq_ignore_ascii_case(&declared.name))
        });
        let all = old.extensions.iter().map(|declared| (declared, true));
        for (declared, extension) in all.chain(system.map(|declared| (declared, false))) {
            let name = &declared.name;
            let has = self.before.iter().any(|own| own.name.eq_ignore_ascii_case(name));
            if declared.default.is_some() || has {
                continue;
            }
            let kept = new.property(name).map(|(later, _)| later);
            let value = plausible(declared, kept);
            self.assumed.push(format!("{name}={value}"));
            self.before.push(Property { name: name.clone(), extension, value });
        }
    }

    fn assume_along(&mut self, old: &Version, new: &Version) {
        for declared in new.extensions.iter().filter(|declared| declared.default.is_none()) {
            let name = &declared.name;
            let given = self.along.iter().any(|own| own.name.eq_ignore_ascii_case(name));
            if given || old.property(name).is_some() {
                continue;
            }
            let value = plausible(declared, None);
            self.assumed.push(format!("{name}={value}"));
            self.along.push(Assignment { resource: None, name: name.clone(), value });
        }
    }
}

/// Whether a declaration takes what somebody types for a value.
fn takes(declared: &DeclaredProperty, value: &str) -> bool {
    let values = match declared.kind.as_str() {
        "STRINGARRAY" if value.is_empty() => Vec::new(),
        "STRINGARRAY" => value.split(',').map(str::to_owned).collect(),
        _ => vec![value.to_owned()],
    };
    declared.is_of_type(&values) && declared.is_within(&values)
}

/// A value that the declaration takes and, if there is one, the later declaration too.
fn plausible(declared: &DeclaredProperty, later: Option<&DeclaredProperty>) -> String {
    let mut all = candidates(declared);
    all.extend(later.into_iter().flat_map(candidates));
    all.retain(|value| takes(declared, value));
    let both = all.iter().find(|value| later.is_none_or(|later| takes(later, value)));
    both.or(all.first()).cloned().unwrap_or_default()
}

/// Values of the declared type, the likeliest first.
fn candidates(declared: &DeclaredProperty) -> Vec<String> {
    let least = |limit: Option<i64>| limit.and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    let word = |base: &str| {
        let most = declared.length.max.and_then(|n| usize::try_from(n).ok());
        let word = format!("{base:x<width$}", width = least(declared.length.min).min(4096));
        word.chars().take(most.unwrap_or(usize::MAX)).collect::<String>()
    };

    match declared.kind.as_str() {
        "BOOLEAN" => vec!["FALSE".to_owned()],
        "ENUM" => declared.literals.clone(),
        "STRINGARRAY" => {
            let count = least(declared.elements.min).clamp(1, 256);
            let list = (1..=count).map(|number| match number {
                1 => word(base(declared)),
                number => word(&format!("{}{number}", base(declared))),
            });
            vec![list.collect::<Vec<_>>().join(","), String::new()]
        }
        "STRING" => vec![word(base(declared)), word("x")],
        // INT, and what the system has.
        _ => {
            let limits = [declared.value.min, declared.value.max];
            let one = [Some(1), Some(0), Some(60)];
            let numbers = limits.into_iter().chain(one).flatten();
            numbers.map(|number| number.to_string()).collect()
        }
    }
}

/// What a text is about, by the property's name.
fn base(declared: &DeclaredProperty) -> &'static str {
    let name = declared.name.to_lowercase();
    let is_path = ["dir", "path", "file", "root"].iter().any(|word| name.contains(word));
    if is_path { "/rehearsal" } else { "rehearsal" }
}
