//! `calha rt show`: what a registration file declares, as people and programs read it.

use serde::Serialize;

use super::Fit;
use super::declaration::{Declarations, Declared, method_paths};
use super::lint::lint;
use super::reader::RegistrationFile;
use super::upgrade::Upgrade;
use super::{Release, Span, Tunability};

/// What a file declares.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// `SUNW.nfs`.
    pub name: String,
    /// `SUNW.nfs:3.2`, where the file has a version.
    pub full_name: Option<String>,
    /// The one of the two that registration gives.
    pub registered_as: String,
    pub description: Option<String>,
    pub version: Option<String>,
    pub upgrade_aware: bool,
    /// Releases that the type can be registered on.
    pub releases: Vec<String>,
    /// Releases of which no document says so.
    pub unknown_releases: Vec<String>,
    pub methods: Vec<ShownMethod>,
    pub properties: Vec<ShownProperty>,
    /// As example 4-2 has it, with what holds for every version that is not listed.
    pub upgrades: Vec<ShownUpgrade>,
}

/// A method with its full path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShownMethod {
    pub method: &'static str,
    pub path: String,
}

/// A declared resource property.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShownProperty {
    pub name: String,
    pub extension: bool,
    /// Absent: the system's own, or none is declared.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Absent: a value is required with the resource, if the system has no default of its own.
    pub default: Option<String>,
    pub tunable: String,
    pub limits: String,
    pub description: Option<String>,
}

/// When a resource of a version may move to this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShownUpgrade {
    /// Absent: every version that is not listed.
    pub version: Option<String>,
    pub tunability: Tunability,
    pub when: &'static str,
}

impl Shown {
    /// What stands in a file; absent where it does not name a type.
    pub fn of(file: &RegistrationFile) -> Option<Self> {
        let declared = Declarations::of(file);
        let name = declared.plain_name()?;
        let upgrade = Upgrade::of(file);
        let version = declared.value("RT_version").filter(|version| !version.is_empty());
        let full_name = version.as_ref().map(|version| format!("{name}:{version}"));
        let registered_as = full_name.clone().filter(|_| upgrade.aware).unwrap_or(name.clone());

        let fits = lint(file, None, None).fits;
        let releases = |wanted: Fit| -> Vec<String> {
            let fitting = fits.iter().filter(|(_, fit)| *fit == wanted);
            fitting.map(|(release, _): &(Release, Fit)| release.to_string()).collect()
        };

        Some(Self {
            name,
            full_name,
            registered_as,
            description: declared.value("RT_description").filter(|text| !text.is_empty()),
            version,
            upgrade_aware: upgrade.aware,
            releases: releases(Fit::Yes),
            unknown_releases: releases(Fit::Unknown),
            methods: methods(&declared),
            properties: declared.properties().filter_map(|p| property(&p)).collect(),
            upgrades: upgrades(&upgrade),
        })
    }
}

fn methods(declared: &Declarations<'_>) -> Vec<ShownMethod> {
    method_paths(declared)
        .map(|(method, path)| ShownMethod { method: method.name(), path })
        .collect()
}

fn property(declared: &Declared<'_>) -> Option<ShownProperty> {
    let text = |name: &str| declared.value(&[name]);
    let literals = declared.literals();
    let kind = declared.kind().map(|(kind, _)| match literals.is_empty() {
        true => kind.to_uppercase(),
        false => format!("ENUM {{ {} }}", literals.join(", ")),
    });

    // In the order in which they stand there.
    let mut limits: Vec<(Span, String)> = LIMITS
        .iter()
        .filter_map(|name| {
            let place = declared.attribute(&[name])?.span;
            Some((place, format!("{name} {}", text(name)?)))
        })
        .collect();
    limits.sort();
    let limits: Vec<String> = limits.into_iter().map(|(_, limit)| limit).collect();

    Some(ShownProperty {
        name: declared.name()?,
        extension: declared.is_extension(),
        kind,
        default: text("Default"),
        tunable: tunable(declared),
        limits: limits.join(", "),
        description: text("Description"),
    })
}

const LIMITS: [&str; 8] = [
    "MIN",
    "MAX",
    "MINLENGTH",
    "MAXLENGTH",
    "ARRAY_MINSIZE",
    "ARRAY_MAXSIZE",
    "ARRAYMIN",
    "ARRAYMAX",
];

/// The word of TUNABLE, or what holds without one: ANYTIME for a property of the author's own, and
/// for those of the system what r_properties(5) says.
fn tunable(declared: &Declared<'_>) -> String {
    match declared.value(&["Tunable"]).map(|word| word.to_uppercase()).as_deref() {
        Some("TRUE" | "") => "ANYTIME".into(),
        Some("FALSE") => "NONE".into(),
        Some(other) => other.into(),
        None if declared.is_extension() => "ANYTIME".into(),
        None => "-".into(),
    }
}

fn upgrades(upgrade: &Upgrade) -> Vec<ShownUpgrade> {
    if !upgrade.aware {
        return Vec::new();
    }
    let row = |version: Option<String>, tunability: Tunability| ShownUpgrade {
        version,
        tunability,
        when: tunability.when(),
    };
    let mut rows: Vec<ShownUpgrade> =
        upgrade.from.iter().map(|(version, t)| row(Some(version.clone()), *t)).collect();
    rows.push(row(None, Tunability::WhenUnmanaged));
    rows
}
