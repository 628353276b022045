//! The values of a resource's properties on its way from version to version: which the new version
//! takes, which have to be given, and which are lost.

use super::{Assignment, FoundResource, FoundValue, Request, Version};
use crate::cluster::Property;
use crate::problem::{Problem, codes};
use crate::resource_type::{DeclaredProperty, Method};

/// What r_properties(5) gives where a type declares nothing.
const SYSTEM_DEFAULTS: [(&str, &str); 3] =
    [("Failover_mode", "NONE"), ("Scalable", "FALSE"), ("Load_balancing_policy", "LB_WEIGHTED")];

/// The same for the timeout of a method (819-2070/6n4cr9nkq).
const TIMEOUT: &str = "3600";

/// Values as they stand at one point of the way.
#[derive(Clone)]
pub(super) struct Values {
    resource: String,
    /// The name of its type has no version.
    bare: bool,
    values: Vec<FoundValue>,
    /// What was given for this resource and is not used yet.
    given: Vec<Assignment>,
}

/// Settings as somebody reads them.
pub(super) fn told(settings: &[Property]) -> String {
    let all: Vec<String> = settings.iter().map(|s| format!("{}={}", s.name, s.value)).collect();
    if all.is_empty() { "none is set".to_owned() } else { all.join(", ") }
}

fn setting(name: &str, extension: bool, values: &[String]) -> Property {
    Property { name: name.to_owned(), extension, value: values.join(",") }
}

/// Whether these are the declared default.
fn is_default(declared: Option<&DeclaredProperty>, values: &[String]) -> bool {
    let Some(default) = declared.and_then(|declared| declared.default.as_deref()) else {
        return false;
    };
    default.eq_ignore_ascii_case(&values.join(","))
}

/// Whether it is what the system gives where a type declares nothing.
fn is_system_default(value: &FoundValue) -> bool {
    let is = value.values.join(",");
    let timeout = Method::of_timeout(&value.name).is_some() && is == TIMEOUT;
    timeout
        || SYSTEM_DEFAULTS.iter().any(|(name, default)| {
            name.eq_ignore_ascii_case(&value.name) && default.eq_ignore_ascii_case(&is)
        })
}

impl Values {
    pub fn of(request: &Request, resource: &FoundResource) -> Self {
        let own = |a: &&Assignment| a.resource.as_ref().is_none_or(|name| *name == resource.name);
        let mut given: Vec<Assignment> = Vec::new();
        // One for the resource alone counts before one for all, and the last of each.
        let mut all: Vec<&Assignment> = request.properties.iter().filter(own).collect();
        all.sort_by_key(|assignment| assignment.resource.is_some());
        for assignment in all {
            given.retain(|a| !a.name.eq_ignore_ascii_case(&assignment.name));
            given.push(assignment.clone());
        }
        let bare = !resource.kind.contains(':');
        let (resource, values) = (resource.name.clone(), resource.values.clone());
        Self { resource, bare, values, given }
    }

    fn value(&self, name: &str) -> Option<&FoundValue> {
        self.values.iter().find(|value| value.name.eq_ignore_ascii_case(name))
    }

    /// What goes into the command that gives the resource this version; the values are those of
    /// that version afterwards. `whole`: everything, because the resource is made again.
    pub fn given(
        &mut self,
        new: &Version,
        old: Option<&Version>,
        whole: bool,
    ) -> Result<Vec<Property>, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut set: Vec<Property> = Vec::new();
        let (now, later): (Vec<_>, Vec<_>) =
            self.given.drain(..).partition(|a| new.property(&a.name).is_some());
        self.given = later;
        for assignment in now {
            let Some((declared, extension)) = new.property(&assignment.name) else { continue };
            let values = split(declared, &assignment.value);
            if let Some(why) = unfit(declared, &values) {
                problems.push(self.refused(&declared.name, new, &why));
            }
            set.push(setting(&declared.name, extension, &values));
        }
        let has =
            |set: &[Property], name: &str| set.iter().any(|s| s.name.eq_ignore_ascii_case(name));

        for declared in &new.extensions {
            let had = self.value(&declared.name).is_some_and(|v| !v.values.is_empty())
                || old.is_some_and(|old| old.property(&declared.name).is_some());
            if declared.default.is_none() && !had && !has(&set, &declared.name) {
                let why = "requires a value and has no default";
                problems.push(self.refused(&declared.name, new, why));
            }
        }
        for value in &self.values {
            let Some((declared, _)) = new.property(&value.name) else { continue };
            // What was never set takes the new default, and may look just like the old one.
            let unset =
                is_default(old.and_then(|o| o.property(&value.name)).map(|p| p.0), &value.values);
            if has(&set, &value.name) || unset {
                continue;
            }
            if let Some(why) = unfit(declared, &value.values) {
                problems.push(self.refused(&declared.name, new, &why));
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }

        set.extend(self.of_first_release(new, old, &set));
        self.take(new, &set);
        Ok(if whole { self.whole(Some(new)) } else { set })
    }

    /// A type that was registered under 3.0 has a file with #$upgrade and a name without a version.
    /// Its resources take no new defaults, so these are set.
    fn of_first_release(
        &self,
        new: &Version,
        old: Option<&Version>,
        set: &[Property],
    ) -> Vec<Property> {
        let Some(old) = old.filter(|old| old.upgrade.aware && self.bare) else {
            return Vec::new();
        };
        let mut more = Vec::new();
        for value in &self.values {
            let (Some((was, _)), Some((is, extension))) =
                (old.property(&value.name), new.property(&value.name))
            else {
                continue;
            };
            let given = set.iter().any(|s| s.name.eq_ignore_ascii_case(&value.name));
            let changed = was.default != is.default && is_default(Some(was), &value.values);
            if let Some(default) = is.default.as_ref().filter(|_| changed && !given) {
                more.push(Property { name: is.name.clone(), extension, value: default.clone() });
            }
        }
        more
    }

    /// Its place is what somebody who is asked gives a value for.
    fn refused(&self, name: &str, new: &Version, why: &str) -> Problem {
        let place = format!("{}:{name}", self.resource);
        let what = format!("version {} {why}", new.version);
        let hint = format!("give a value: --property {place}=VALUE");
        Problem::new(codes::UPGRADE_PROPERTY, what).at(place).hint(hint)
    }

    /// The values under the new version.
    fn take(&mut self, new: &Version, set: &[Property]) {
        self.values.retain(|value| !value.extension || new.property(&value.name).is_some());
        for one in set {
            let values = vec![one.value.clone()];
            match self.values.iter_mut().find(|v| v.name.eq_ignore_ascii_case(&one.name)) {
                Some(value) => value.values = values,
                None => self.values.push(FoundValue {
                    name: one.name.clone(),
                    extension: one.extension,
                    values,
                }),
            }
        }
    }

    /// What has to be given again with the old version: what the new one does not declare, and
    /// what was changed along with it.
    pub fn lost(&self, old: Option<&Version>, new: &Version, set: &[Property]) -> Vec<Property> {
        let changed =
            |value: &FoundValue| set.iter().any(|s| s.name.eq_ignore_ascii_case(&value.name));
        let dropped = |value: &FoundValue| {
            let own = old.and_then(|old| old.property(&value.name));
            let counts = value.extension || own.is_some();
            let unset = is_default(own.map(|p| p.0), &value.values) || value.values.is_empty();
            counts && new.property(&value.name).is_none() && !unset
        };
        let lost = self.values.iter().filter(|value| changed(value) || dropped(value));
        lost.map(|value| setting(&value.name, value.extension, &value.values)).collect()
    }

    /// Everything that has to be given when the resource is made of this version.
    pub fn whole(&self, of: Option<&Version>) -> Vec<Property> {
        let counts = |value: &&FoundValue| {
            let declared = of.and_then(|of| of.property(&value.name)).map(|p| p.0);
            let system = !value.extension && is_system_default(value);
            let gone = value.extension && of.is_some() && declared.is_none();
            let unset = is_default(declared, &value.values)
                || value.values.iter().all(String::is_empty)
                || (declared.is_none() && system);
            !gone && !unset
        };
        let all = self.values.iter().filter(counts);
        all.map(|value| setting(&value.name, value.extension, &value.values)).collect()
    }

    /// What was given and belongs to no version on the way.
    pub fn unused(&self) -> Vec<Problem> {
        let wrong = |assignment: &Assignment| {
            let what = format!("{}: no version on the way declares this property", assignment.name);
            Problem::new(codes::UPGRADE_PROPERTY, what)
                .hint("calha rt show FILE lists what it declares")
        };
        self.given.iter().map(wrong).collect()
    }
}

fn split(declared: &DeclaredProperty, value: &str) -> Vec<String> {
    match declared.kind.as_str() {
        "STRINGARRAY" if value.is_empty() => Vec::new(),
        "STRINGARRAY" => value.split(',').map(str::to_owned).collect(),
        _ => vec![value.to_owned()],
    }
}

/// Why these values are none of the property's, as what its version does.
fn unfit(declared: &DeclaredProperty, values: &[String]) -> Option<String> {
    let text = values.join(",");
    if !declared.is_of_type(values) {
        return Some(match declared.literals.is_empty() {
            true => format!("takes a value of type {}, not '{text}'", declared.kind),
            false => format!("takes one of {}, not '{text}'", declared.literals.join(", ")),
        });
    }
    (!declared.is_within(values)).then(|| format!("has limits, and '{text}' is outside them"))
}
