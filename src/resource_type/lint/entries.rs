//! Rules about the declarations of resource properties, the second part of the file.

use std::collections::BTreeSet;

use super::findings::Findings;
use super::shown::shown;
use super::values;
use crate::resource_type::declaration::{Declarations, Declared, TYPES};
use crate::resource_type::method::Method;
use crate::resource_type::system_property::SYSTEM_PROPERTIES;
use crate::resource_type::{Finding, rules};

/// Attributes of a declaration, the types apart, property_attributes(5); both spellings of the
/// array limits.
const ATTRIBUTES: [&str; 14] = [
    "Property",
    "Extension",
    "Description",
    "Default",
    "Tunable",
    "Enumlist",
    "Min",
    "Max",
    "Minlength",
    "Maxlength",
    "Array_minsize",
    "Array_maxsize",
    "Per_node",
    "Arraymin",
];

pub fn check(declared: &Declarations<'_>, findings: &mut Findings) {
    let mut seen = BTreeSet::new();
    for property in declared.properties() {
        if findings.is_full() {
            break;
        }
        order(&property, findings);
        attributes(&property, findings);
        values::check(&property, findings);

        let Some(name) = property.name() else { continue };
        if !seen.insert(name.to_ascii_lowercase()) {
            let what = format!("{} is declared twice", shown(&name));
            findings.push(Finding::new(&rules::DUPLICATE_ENTRY, name_span(&property), what));
        }
        form(&property, &name, findings);
        if property.is_extension() {
            extension(&property, &name, findings);
        } else {
            system(declared, &property, &name, findings);
        }
        per_node(&property, &name, findings);
    }

    if declared.flag("Failover")
        && let Some(scalable) = declared.property("Scalable")
        && scalable.value(&["Default"]).is_some_and(|v| v.eq_ignore_ascii_case("true"))
    {
        let what = "Failover and Scalable are both TRUE";
        findings.push(Finding::new(&rules::SCALABLE_FAILOVER, scalable.entry.span, what));
    }
}

/// Where the name of a declared property stands.
fn name_span(property: &Declared<'_>) -> crate::resource_type::Span {
    property.attribute(&["Property"]).map_or(property.entry.span, |statement| statement.span)
}

fn order(property: &Declared<'_>, findings: &mut Findings) {
    let first = property.statements().first();
    let is_property = first.is_some_and(|statement| {
        property.file.text(statement.name()).eq_ignore_ascii_case("Property")
    });
    if !is_property || property.name().is_none() {
        let span = first.map_or(property.entry.span, |statement| statement.span);
        let what = match property.name() {
            Some(name) => format!("PROPERTY = {} is not the first attribute", shown(&name)),
            None => "this declaration does not say which property it is about".into(),
        };
        findings.push(Finding::new(&rules::PROPERTY_FIRST, span, what));
        return;
    }

    let second = property.statements().get(1);
    if let Some(extension) = property.attribute(&["Extension"])
        && second.is_some_and(|second| second.span != extension.span)
    {
        let what = "EXTENSION is not the second attribute";
        findings.push(Finding::new(&rules::EXTENSION_SECOND, extension.span, what));
    }
}

fn attributes(property: &Declared<'_>, findings: &mut Findings) {
    let mut seen = BTreeSet::new();
    for statement in property.statements() {
        if findings.is_full() {
            break;
        }
        let name = property.file.text(statement.name());
        if !seen.insert(name.to_ascii_lowercase()) {
            let what = format!("{} is there twice", shown(&name));
            findings.push(Finding::new(&rules::DUPLICATE_ATTRIBUTE, statement.name(), what));
        }

        let known = ATTRIBUTES.into_iter().chain(["Arraymax"]).chain(TYPES);
        if !known.clone().any(|known| known.eq_ignore_ascii_case(&name)) {
            let what = format!("{} is not a known attribute", shown(&name));
            let finding = Finding::new(&rules::UNKNOWN_ATTRIBUTE, statement.name(), what);
            findings.push(match crate::text::nearest(&name, known) {
                Some(near) => finding.remedy(format!("write {near}, if that is meant")),
                None => finding,
            });
        }
    }
}

fn form(property: &Declared<'_>, name: &str, findings: &mut Findings) {
    let first = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let rest = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if !first || !rest || name.len() > 255 {
        let what = format!("{} is not a name of a property", shown(name));
        findings.push(Finding::new(&rules::NAME_FORM, name_span(property), what));
    }
}

fn extension(property: &Declared<'_>, name: &str, findings: &mut Findings) {
    if property.kind().is_none() {
        let what = format!("the extension property {} has no type", shown(name));
        findings.push(Finding::new(&rules::EXTENSION_TYPE, name_span(property), what));
    }
}

fn system(
    declared: &Declarations<'_>,
    property: &Declared<'_>,
    name: &str,
    findings: &mut Findings,
) {
    let timeout = Method::of_timeout(name);
    let known = SYSTEM_PROPERTIES.iter().any(|known| known.eq_ignore_ascii_case(name));
    if timeout.is_none() && !known {
        let what =
            format!("{} is not a property of the system, and EXTENSION is missing", shown(name));
        findings.push(Finding::new(&rules::UNKNOWN_SYSTEM_PROPERTY, name_span(property), what));
    }
    // Of a property that is none of the system's nothing more can be said.
    if timeout.is_some() || known {
        if let Some((kind, statement)) = property.kind() {
            let what =
                format!("{} is defined by the system, and {kind} gives it a type", shown(name));
            findings.push(Finding::new(&rules::SYSTEM_TYPE, statement.span, what));
        }
        if let Some(statement) = property.attribute(&["Description"]) {
            let what = format!("{} is defined by the system and has a description", shown(name));
            findings.push(Finding::new(&rules::SYSTEM_DESCRIPTION, statement.span, what));
        }
    }

    let Some(method) = timeout else { return };
    if property.number(&["Min"]) == Some(0)
        && let Some(statement) = property.attribute(&["Min"])
    {
        let what = format!("{} has MIN = 0", shown(name));
        findings.push(Finding::new(&rules::TIMEOUT_MIN, statement.span, what));
    }
    if let Some(statement) = property.attribute(&["Max"]) {
        let what = format!("{} has a MAX", shown(name));
        findings.push(Finding::new(&rules::TIMEOUT_MAX, statement.span, what));
    }
    if !declared.has_method(method) {
        let what = format!("{} is declared, and the method {} is not", shown(name), method.name());
        findings.push(Finding::new(&rules::TIMEOUT_METHOD, name_span(property), what));
    }
}

fn per_node(property: &Declared<'_>, name: &str, findings: &mut Findings) {
    let Some(statement) = property.attribute(&["Per_node"]) else { return };
    if !property.is_extension() {
        let what = format!("{} has PER_NODE and is not an extension property", shown(name));
        findings.push(Finding::new(&rules::PER_NODE_PLACE, statement.span, what));
        return;
    }

    let array = property.kind().is_some_and(|(kind, _)| kind == "Stringarray");
    if array || property.attribute(&["Default"]).is_none() {
        let why = if array { "is a STRINGARRAY" } else { "has no default" };
        let what = format!("{} has PER_NODE and {why}", shown(name));
        findings.push(Finding::new(&rules::PER_NODE, statement.span, what));
    }
}
