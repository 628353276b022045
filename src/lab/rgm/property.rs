//! Properties that can be given on the command line, and which values they take.

use crate::lab::refusal::Refusal;
use crate::lab::{Oddity, Personality};

/// Standard resource properties that can be given with `-y`: name and whether it is a list.
const RESOURCE: [(&str, bool); 22] = [
    ("R_description", false),
    ("Resource_dependencies", true),
    ("Resource_dependencies_weak", true),
    ("Resource_dependencies_restart", true),
    ("Resource_dependencies_offline_restart", true),
    ("Network_resources_used", true),
    ("Port_list", true),
    ("Failover_mode", false),
    ("Retry_count", false),
    ("Retry_interval", false),
    ("Thorough_probe_interval", false),
    ("Cheap_probe_interval", false),
    ("Scalable", false),
    ("Load_balancing_policy", false),
    ("Load_balancing_weights", true),
    ("Type_version", false),
    ("Resource_project_name", false),
    ("Start_timeout", false),
    ("Stop_timeout", false),
    ("Validate_timeout", false),
    ("Prenet_start_timeout", false),
    ("Postnet_stop_timeout", false),
];

/// Group properties that can be given with `-y`.
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

/// `-y name=value` of a resource: the manual's spelling and the values.
pub(crate) fn of_resource(text: &str) -> Result<(String, Vec<String>), Refusal> {
    known(text, &RESOURCE)
}

/// `-y name=value` of a group.
pub(crate) fn of_group(text: &str) -> Result<(String, Vec<String>), Refusal> {
    known(text, &GROUP)
}

fn known(text: &str, table: &[(&str, bool)]) -> Result<(String, Vec<String>), Refusal> {
    let (name, value) = text
        .split_once('=')
        .ok_or_else(|| Refusal::new(3, format!("{text}: not of the form property=value")))?;
    // Names are case-insensitive on the command line (4.4 rg-properties-7).
    let (name, list) = table
        .iter()
        .find(|(n, _)| n.eq_ignore_ascii_case(name))
        .ok_or_else(|| Refusal::new(15, format!("{name}: no such property")))?;
    Ok((name.to_string(), values(name, value, *list)?))
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

/// Splits a value; a comma separates, and neither `;` nor a line end can be part of one (naming rules, section 6.6).
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
