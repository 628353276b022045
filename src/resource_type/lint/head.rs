//! Rules about the properties of the type, the first part of the file.

use std::collections::BTreeSet;

use super::findings::Findings;
use super::shown::shown;
use crate::resource_type::declaration::Declarations;
use crate::resource_type::method::Method;
use crate::resource_type::reader::Statement;
use crate::resource_type::type_property::TYPE_PROPERTIES;
use crate::resource_type::{Finding, Fit, Release, Span, rules};

pub fn check(declared: &Declarations<'_>, findings: &mut Findings) {
    names(declared, findings);
    resource_type(declared, findings);
    version(declared, findings);
    methods(declared, findings);
    administrators(declared, findings);

    if let Some(statement) = declared.statement("API_version")
        && api(declared).is_none()
    {
        let what = format!("API_version {} is not a number", shown(&text(declared, statement)));
        findings.push(Finding::new(&rules::API_VERSION, statement.span, what));
    }
}

fn text(declared: &Declarations<'_>, statement: &Statement) -> String {
    let first = declared.file.values(statement).first();
    first.map(|value| declared.file.text(value.text).into_owned()).unwrap_or_default()
}

fn names(declared: &Declarations<'_>, findings: &mut Findings) {
    let mut seen = BTreeSet::new();
    for statement in &declared.file.head {
        if findings.is_full() {
            break;
        }
        let name = declared.file.text(statement.name());
        if !seen.insert(name.to_ascii_lowercase()) {
            let what = format!("{} is declared twice", shown(&name));
            findings.push(Finding::new(&rules::DUPLICATE_PROPERTY, statement.name(), what));
        }
        if Method::parse(&name).is_none()
            && !TYPE_PROPERTIES.iter().any(|known| known.eq_ignore_ascii_case(&name))
        {
            findings.push(unknown(&name, statement.name()));
        }
    }
}

fn unknown(name: &str, span: Span) -> Finding {
    let known = TYPE_PROPERTIES.into_iter().chain(Method::ALL.into_iter().map(Method::name));
    let what = format!("{} is not a known property of a type", shown(name));
    let finding = Finding::new(&rules::UNKNOWN_PROPERTY, span, what);
    match crate::text::nearest(name, known) {
        Some(near) => finding.remedy(format!("write {near}, if that is meant")),
        None => finding,
    }
}

fn resource_type(declared: &Declarations<'_>, findings: &mut Findings) {
    let Some(statement) = declared.statement("Resource_type") else {
        let place = declared.file.head.first().map_or(Span::at(0), |first| first.name());
        findings.push(Finding::new(&rules::TYPE_MISSING, place, "Resource_type is not declared"));
        return;
    };

    let name = text(declared, statement);
    if name.is_empty() {
        let what = "Resource_type has no value";
        findings.push(Finding::new(&rules::TYPE_MISSING, statement.span, what));
    } else if name.contains(['.', ':']) {
        let what = format!("the name {} has a period or a colon", shown(&name));
        findings.push(Finding::new(&rules::TYPE_PERIOD, statement.span, what));
    }

    let earlier =
        declared.file.head.first().filter(|first| first.span.start() < statement.span.start());
    let entry = declared.file.entries.first().filter(|e| e.span.start() < statement.span.start());
    if earlier.is_some() || entry.is_some() {
        let what = "Resource_type has to be the first property";
        findings.push(Finding::new(&rules::NOT_FIRST, statement.span, what));
    }
}

/// Whether RT_version must not have this character (819-0581/rtupgrade-19).
pub fn forbidden_in_version(c: char) -> bool {
    [' ', '\t', '/', '\\', '*', '?', ',', ';', '[', ']'].contains(&c)
}

fn version(declared: &Declarations<'_>, findings: &mut Findings) {
    let statement = declared.statement("RT_version");
    let version = statement.map(|s| declared.file.joined(s, ","));

    let (Some(statement), Some(version)) = (statement, version.filter(|v| !v.is_empty())) else {
        let place = statement.or_else(|| declared.statement("Resource_type"));
        let span = place.map_or(Span::at(0), |s| s.span);
        let what = "RT_version is not declared, and releases from 3.1 on require it";
        findings.push(Finding::new(&rules::VERSION_MISSING, span, what));
        return;
    };
    if let Some(wrong) = version.chars().find(|c| forbidden_in_version(*c)) {
        let what = format!("RT_version {} has the character '{wrong}'", shown(&version));
        findings.push(Finding::new(&rules::VERSION_CHARACTERS, statement.span, what));
    }
    if version.contains(':') {
        let what = format!("RT_version {} has a colon", shown(&version));
        findings.push(Finding::new(&rules::VERSION_COLON, statement.span, what));
    }
}

fn methods(declared: &Declarations<'_>, findings: &mut Findings) {
    let has = |method| declared.has_method(method);
    let place = declared.statement("Resource_type").map_or(Span::at(0), |s| s.span);

    if !has(Method::Start) && !has(Method::PrenetStart) {
        let what = "the type declares neither Start nor Prenet_start";
        findings.push(Finding::new(&rules::START_MISSING, place, what));
    }
    if !has(Method::Stop) && !has(Method::PostnetStop) {
        let what = "the type declares neither Stop nor Postnet_stop";
        findings.push(Finding::new(&rules::STOP_MISSING, place, what));
    }
    if let Some(start) = declared.statement("Monitor_start").filter(|_| !has(Method::MonitorStop)) {
        let what = "Monitor_start is declared and Monitor_stop is not";
        findings.push(Finding::new(&rules::MONITOR_STOP_MISSING, start.span, what));
    }

    let basedir = declared.value("RT_basedir").filter(|directory| !directory.is_empty());
    let relative = declared.methods().find(|(_, path, _)| !path.starts_with('/'));
    if let (None, Some((method, path, statement))) = (&basedir, relative) {
        let what = format!(
            "{} {} is relative, and RT_basedir is not declared",
            method.name(),
            shown(&path)
        );
        findings.push(Finding::new(&rules::BASEDIR_MISSING, statement.span, what));
    }
    if let (Some(directory), Some(statement)) = (basedir, declared.statement("RT_basedir"))
        && directory.contains(['(', '<', '@', '$', '%'])
    {
        let what = format!("RT_basedir {} is a placeholder", shown(&directory));
        findings.push(Finding::new(&rules::PLACEHOLDER, statement.span, what));
    }
}

/// What only an administrator may set, and what came later.
fn administrators(declared: &Declarations<'_>, findings: &mut Findings) {
    let rules = [
        ("Installed_nodes", &rules::INSTALLED_NODES, "Installed_nodes must not stand in the file"),
        ("RT_system", &rules::RT_SYSTEM, "RT_system must not stand in the file up to 3.1"),
        ("Global_zone", &rules::GLOBAL_ZONE, "Global_zone exists from 3.2 on"),
    ];
    for (name, rule, what) in rules {
        if let Some(statement) = declared.statement(name) {
            findings.push(Finding::new(rule, statement.span, what));
        }
    }
}

/// The declared API_version; 2 when none is. Absent: what stands there is no number from 2 on.
fn api(declared: &Declarations<'_>) -> Option<u32> {
    match declared.statement("API_version") {
        None => Some(2),
        Some(statement) if text(declared, statement).is_empty() => Some(2),
        Some(statement) => text(declared, statement).parse().ok().filter(|api| *api >= 2),
    }
}

/// Whether a release has the API_version of the type.
pub fn api_fits(declared: &Declarations<'_>, release: Release) -> Fit {
    match (api(declared), release.api()) {
        (None, _) => Fit::Unknown,
        (Some(2), _) => Fit::Yes,
        (Some(_), None) => Fit::Unknown,
        (Some(api), Some(most)) if api <= most => Fit::Yes,
        (Some(api), Some(_)) if release.may_take(api) => Fit::Unknown,
        (Some(_), Some(_)) => Fit::No,
    }
}

/// The same as a finding.
pub fn api_too_new(declared: &Declarations<'_>, release: Release) -> Option<Finding> {
    let statement = declared.statement("API_version")?;
    if api_fits(declared, release) != Fit::No {
        return None;
    }
    let most = release.api().unwrap_or(2);
    let what = format!(
        "API_version {} cannot be registered on {release}, which has {most} at most",
        shown(&text(declared, statement))
    );
    Some(Finding::new(&rules::API_TOO_NEW, statement.span, what))
}
