//! `scrgadm -p[v[v]]`: the configuration of types, groups and resources, for people. It only reads;
//! programs ask the scha commands instead.

use crate::lab::call::Call;
use crate::lab::getopt::Options;
use crate::lab::refusal::Refusal;
use crate::lab::rgm::property;
use crate::lab::{Cluster, DeclaredProperty, Group, Resource, ResourceType};

/// `scrgadm -p[v[v]]`: label, then value; the column is two blanks after the longest label (section
/// 1.4). For people, not for parsers.
pub(crate) fn print(call: &mut Call<'_>, given: &Options) -> Result<(), Refusal> {
    let detail = given.count('v');
    let all = !"tgj".chars().any(|l| given.has(l));
    let cluster = call.cluster().clone();
    let mut blocks: Vec<Vec<(String, String)>> = Vec::new();
    if all || given.has('t') {
        let wanted = given.value('t');
        let types: Vec<_> =
            cluster.types.iter().filter(|t| wanted.is_none_or(|w| t.answers_to(w))).collect();
        if types.is_empty() && wanted.is_some() {
            return Err(Refusal::new(
                13,
                format!("{}: no such resource type", wanted.unwrap_or("")),
            ));
        }
        blocks.extend(types.into_iter().map(|t| of_type(t, detail)));
    }

    if all || given.has('g') {
        let wanted = given.value('g');
        if let Some(missing) = wanted.filter(|w| cluster.group(w).is_none()) {
            return Err(Refusal::new(12, format!("{missing}: no such resource group")));
        }
        for group in cluster.groups.iter().filter(|g| wanted.is_none_or(|w| w == g.name)) {
            blocks.push(of_group(group, detail));
            if all {
                blocks.extend(
                    cluster
                        .resources
                        .iter()
                        .filter(|r| r.group == group.name)
                        .map(|r| of_resource(&cluster, r, detail)),
                );
            }
        }
    }

    if let Some(wanted) = given.value('j') {
        let resource = cluster
            .resource(wanted)
            .ok_or_else(|| Refusal::new(14, format!("{wanted}: no such resource")))?;
        blocks.push(of_resource(&cluster, resource, detail));
    }

    for block in blocks {
        let width = block.iter().map(|(label, _)| label.len()).max().unwrap_or(0) + 2;
        for (label, value) in block {
            call.say(format!("{label:width$}{value}").trim_end());
        }
        call.say("");
    }

    Ok(())
}

fn truth(value: bool) -> String {
    if value { "True" } else { "False" }.into()
}

fn of_type(kind: &ResourceType, detail: usize) -> Vec<(String, String)> {
    let mut lines = vec![("Res Type name:".to_string(), kind.name.clone())];
    if detail > 0 {
        let mut add = |label: &str, value: String| {
            lines.push((format!("  ({}) Res Type {label}:", kind.name), value))
        };
        add("description", kind.description.clone());
        add("base directory", kind.basedir.clone());
        add("single instance", truth(kind.single_instance));
        add("init nodes", init_nodes(kind).into());
        add("failover", truth(kind.failover));
        add("version", kind.version.clone());
        add("API version", kind.api_version.to_string());
        add(
            "installed on nodes",
            kind.nodes.as_ref().map_or_else(|| "All".into(), |n| n.join(" ")),
        );
        add("packages", kind.packages.join(" "));
        add("system", truth(kind.system));
    }

    if detail > 1 {
        for (method, path) in &kind.methods {
            let label = format!("  ({}) Res Type {} method:", kind.name, method.to_uppercase());
            lines.push((label, path.clone()));
        }
        for property in kind.standard.iter().chain(&kind.extensions) {
            lines.extend(of_parameter(kind, property));
        }
    }

    lines
}

fn init_nodes(kind: &ResourceType) -> &'static str {
    match kind.init_nodes.as_deref() {
        Some("RT_INSTALLED_NODES") => "All installed nodes",
        _ => "All potential masters",
    }
}

/// What a type declares of a property.
///
/// Assumption: the labels; the listings that could be read end with the type's own properties.
fn of_parameter(kind: &ResourceType, property: &DeclaredProperty) -> Vec<(String, String)> {
    let extension = kind.extension(&property.name).is_some();
    let mut lines = Vec::new();
    let mut add = |label: &str, value: String| {
        let scope = format!("    ({}:{})", kind.name, property.name);
        lines.push((format!("{scope} Res Type param {label}:"), value));
    };
    add("extension", truth(extension));
    add("description", property.description.clone());
    add("tunability", property.tunable.to_lowercase());
    add("type", property.kind.to_lowercase());
    if !property.literals.is_empty() {
        add("enum list", property.literals.join(" "));
    }

    for (what, range) in
        [("value", property.value), ("length", property.length), ("array size", property.elements)]
    {
        for (side, limit) in [("minimum", range.min), ("maximum", range.max)] {
            if let Some(limit) = limit {
                add(&format!("{side} {what}"), limit.to_string());
            }
        }
    }

    let default = property.default.as_deref();
    add("default", default.unwrap_or("<NULL>").to_owned());
    lines
}

fn of_group(group: &Group, detail: usize) -> Vec<(String, String)> {
    let mut lines = vec![("Res Group name:".to_string(), group.name.clone())];
    if detail > 0 {
        let property = |name: &str, default: &str| {
            group.properties.get(name).map_or(default, String::as_str).to_string()
        };
        let mut add = |label: &str, value: String| {
            lines.push((format!("  ({}) Res Group {label}:", group.name), value))
        };
        add("RG_description", property("RG_description", "<NULL>"));
        add("management state", if group.managed { "Managed" } else { "Unmanaged" }.into());
        add("Failback", property("Failback", "False"));
        add("Nodelist", group.nodes.iter().map(|n| n.as_str()).collect::<Vec<_>>().join(" "));
        add("Maximum_primaries", property("Maximum_primaries", "1"));
        add("Desired_primaries", property("Desired_primaries", "1"));
        add("RG_dependencies", property("RG_dependencies", "<NULL>"));
        add("mode", "Failover".into());
        add("network dependencies", truth(true));
        add("Global_resources_used", "All".into());
        add("Pathprefix", property("Pathprefix", ""));
    }
    lines
}

fn of_resource(cluster: &Cluster, resource: &Resource, detail: usize) -> Vec<(String, String)> {
    let kind = cluster.types.iter().find(|t| t.name == resource.type_name);
    let mut lines = vec![(format!("({}) Res name:", resource.group), resource.name.clone())];
    if detail > 0 {
        let scope = format!("({}:{})", resource.group, resource.name);
        let mut add =
            |label: &str, value: String| lines.push((format!("    {scope} Res {label}:"), value));
        add("R_description", resource.property("R_description").join(" "));
        add("resource type", resource.type_name.clone());
        if let Some(kind) = kind {
            add("type version", kind.version.clone());
        }
        add("resource group name", resource.group.clone());
        add("enabled", truth(resource.enabled));
        add("monitor enabled", truth(resource.monitored));
    }

    if detail > 1 {
        let set = resource.properties.keys().chain(resource.extensions.keys());
        let mut names: Vec<&str> = set.map(String::as_str).collect();
        let declared = kind.map(|kind| kind.standard.iter().chain(&kind.extensions));
        for declared in declared.into_iter().flatten() {
            if !names.iter().any(|name| name.eq_ignore_ascii_case(&declared.name)) {
                names.push(&declared.name);
            }
        }
        for name in names {
            let values = match kind {
                Some(kind) => resource.value(kind, name),
                None => resource.property(name).to_vec(),
            };
            let scope = format!("      ({}:{}:{name})", resource.group, resource.name);
            let declared = kind.and_then(|kind| kind.extension(name));
            let class = if declared.is_some() { "extension" } else { "standard" };
            lines.push((format!("{scope} Res property class:"), class.into()));
            if let Some(word) = word(kind, name) {
                lines.push((format!("{scope} Res property type:"), word));
            }
            lines.push((format!("{scope} Res property value:"), values.join(" ")));
        }
    }

    lines
}

/// The type of a property as -pvv spells it.
fn word(kind: Option<&ResourceType>, name: &str) -> Option<String> {
    let own = kind.and_then(|kind| kind.extension(name)).map(|declared| declared.kind.clone());
    own.or_else(|| property::standard(name).map(|(_, kind, _)| kind.to_owned()))
        .map(|word| word.to_lowercase())
}
