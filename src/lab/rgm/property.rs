//! Properties that can be given on the command line, and which values they take.

use crate::lab::refusal::Refusal;
use crate::lab::{DeclaredProperty, Oddity, Personality};
use crate::resource_type::Method;

/// A resource property of the system, r_properties(5).
struct Standard {
    name: &'static str,
    /// The word that scha_resource_get(1HA) prints for the type of an extension.
    kind: &'static str,
    /// What holds where neither the resource nor its type says anything.
    default: Option<&'static str>,
    /// Whether a resource has it only if its type declares it.
    conditional: bool,
}

const fn of(name: &'static str, kind: &'static str, default: Option<&'static str>) -> Standard {
    Standard { name, kind, default, conditional: false }
}

const fn conditional(name: &'static str, kind: &'static str) -> Standard {
    Standard { name, kind, default: None, conditional: true }
}

/// Standard resource properties that can be given with `-y`, the timeouts of methods apart.
const RESOURCE: [Standard; 20] = [
    of("R_description", "STRING", Some("")),
    of("Resource_dependencies", "STRINGARRAY", Some("")),
    of("Resource_dependencies_weak", "STRINGARRAY", Some("")),
    of("Resource_dependencies_restart", "STRINGARRAY", Some("")),
    of("Resource_dependencies_offline_restart", "STRINGARRAY", Some("")),
    of("Network_resources_used", "STRINGARRAY", Some("")),
    of("Port_list", "STRINGARRAY", Some("")),
    of("Failover_mode", "ENUM", Some("NONE")),
    conditional("Retry_count", "INT"),
    conditional("Retry_interval", "INT"),
    conditional("Thorough_probe_interval", "INT"),
    conditional("Cheap_probe_interval", "INT"),
    of("Scalable", "BOOLEAN", Some("FALSE")),
    of("Load_balancing_policy", "STRING", Some("LB_WEIGHTED")),
    of("Load_balancing_weights", "STRINGARRAY", Some("")),
    of("Affinity_timeout", "INT", None),
    of("UDP_affinity", "BOOLEAN", None),
    of("Weak_affinity", "BOOLEAN", None),
    of("Type_version", "STRING", None),
    of("Resource_project_name", "STRING", Some("")),
];

/// The default of a method's timeout, in seconds (819-2070/6n4cr9nkq).
const TIMEOUT: &str = "3600";

/// Group properties that can be given with `-y`, and whether each is a list.
const GROUP: [(&str, bool); 13] = [
    ("RG_description", false),
    ("Nodelist", true),
    ("Maximum_primaries", false),
    ("Desired_primaries", false),
    ("Failback", false),
    ("Pathprefix", false),
    ("RG_dependencies", true),
    ("RG_affinities", true),
    ("RG_mode", false),
    ("RG_project_name", false),
    ("Implicit_network_dependencies", false),
    ("Pingpong_interval", false),
    ("Auto_start_on_new_cluster", false),
];

/// The manual's spelling of a resource property of the system, its kind, its default; nothing
/// where there is no such property.
pub(crate) fn standard(name: &str) -> Option<(String, &'static str, Option<&'static str>)> {
    if let Some(method) = Method::of_timeout(name) {
        return Some((format!("{}_timeout", method.name()), "INT", Some(TIMEOUT)));
    }
    let known = RESOURCE.iter().find(|known| known.name.eq_ignore_ascii_case(name))?;
    Some((known.name.to_owned(), known.kind, known.default))
}

/// The same for an entry of a registration file, which may name a property that the lab does not
/// know.
pub(crate) fn of_system(name: &str) -> (String, String) {
    match standard(name) {
        Some((name, kind, _)) => (name, kind.to_owned()),
        None => (name.to_owned(), "STRING".to_owned()),
    }
}

/// Whether it changes only while the resource is disabled unless its type says otherwise
/// (817-4227/6mjp2siri for Cheap_probe_interval; recalled for the others).
pub(crate) fn is_when_disabled(name: &str) -> bool {
    is_conditional(name)
}

/// Whether a resource has this property only if its type declares it.
pub(crate) fn is_conditional(name: &str) -> bool {
    RESOURCE.iter().any(|known| known.conditional && known.name.eq_ignore_ascii_case(name))
}

/// `-y name=value` of a resource: the manual's spelling and the values.
pub(crate) fn of_resource(text: &str) -> Result<(String, Vec<String>), Refusal> {
    let (name, value) = split(text)?;
    let (name, kind, _) = standard(name).ok_or_else(|| unknown(name))?;
    let values = values(&name, value, kind == "STRINGARRAY")?;
    Ok((name, values))
}

/// `-y name=value` of a group.
pub(crate) fn of_group(text: &str) -> Result<(String, Vec<String>), Refusal> {
    let (name, value) = split(text)?;
    // Names are case-insensitive on the command line (4.4 rg-properties-7).
    let known = GROUP.iter().find(|(n, _)| n.eq_ignore_ascii_case(name));
    let (name, list) = known.ok_or_else(|| unknown(name))?;
    Ok((name.to_string(), values(name, value, *list)?))
}

fn split(text: &str) -> Result<(&str, &str), Refusal> {
    text.split_once('=')
        .ok_or_else(|| Refusal::new(3, format!("{text}: not of the form property=value")))
}

fn unknown(name: &str) -> Refusal {
    Refusal::new(15, format!("{name}: no such property"))
}

/// Whether a value is of the property's type, as r_properties(5) and rg_properties(5) give it.
pub(crate) fn fits(name: &str, value: &str) -> bool {
    let one_of = |words: &[&str]| words.iter().any(|word| value.eq_ignore_ascii_case(word));
    match name {
        "Failover_mode" => one_of(&["NONE", "SOFT", "HARD", "RESTART_ONLY", "LOG_ONLY"]),
        "RG_mode" => one_of(&["Failover", "Scalable"]),
        "Scalable" | "Failback" | "Implicit_network_dependencies" | "Auto_start_on_new_cluster" => {
            one_of(&["TRUE", "FALSE"])
        }
        "Retry_count" => value.parse::<i64>().is_ok_and(|n| n >= -1),
        "Maximum_primaries" | "Desired_primaries" => value.parse::<u32>().is_ok(),
        _ if name.ends_with("_interval") || name.ends_with("_timeout") => {
            value.parse::<u32>().is_ok()
        }
        _ => true,
    }
}

/// Refuses what does not fit, where the release does.
pub(crate) fn check(of: Personality, name: &str, values: &[String]) -> Result<(), Refusal> {
    let wrong = values.iter().find(|value| !fits(name, value));
    match wrong.filter(|_| of.has(Oddity::PropertyValuesChecked)) {
        Some(value) => Err(Refusal::new(15, format!("{name}: '{value}' is not of its type"))),
        None => Ok(()),
    }
}

/// Refuses values that are not of the declared type, or outside its limits.
pub(crate) fn check_declared(
    declared: &DeclaredProperty,
    values: &[String],
) -> Result<(), Refusal> {
    let (name, told) = (&declared.name, values.join(","));
    if !declared.is_of_type(values) {
        return Err(Refusal::new(15, format!("{name}: '{told}' is no {}", declared.kind)));
    }
    if !declared.is_within(values) {
        let what = format!("{name}: '{told}' is outside the limits that the type declares");
        return Err(Refusal::new(15, what));
    }
    Ok(())
}

/// Splits a value; a comma separates, and neither `;` nor a line end can be part of one (naming
/// rules, section 6.6).
pub(crate) fn values(name: &str, value: &str, list: bool) -> Result<Vec<String>, Refusal> {
    if value.contains([';', '\n']) || (!list && value.contains(',')) {
        return Err(Refusal::new(
            3,
            format!("{name}: a value cannot contain a comma, semicolon or line end"),
        ));
    }
    if !list {
        return Ok(vec![value.into()]);
    }
    if value.is_empty() {
        return Ok(Vec::new());
    }
    let parts: Vec<String> = value.split(',').map(String::from).collect();
    if parts.iter().any(|p| p.is_empty() || p.contains(char::is_whitespace)) {
        return Err(Refusal::new(3, format!("{name}: '{value}' has an empty or blank element")));
    }
    Ok(parts)
}
