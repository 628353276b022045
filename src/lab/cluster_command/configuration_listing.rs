use crate::lab::call::Call;
use crate::lab::getopt::Options;
use crate::lab::refusal::Refusal;
use crate::lab::{Group, Resource, ResourceType};

/// `scrgadm -p[v[v]]`: label, then value; the column is two blanks after the longest label (section 1.4). For people, not for parsers.
pub(crate) fn print(call: &mut Call<'_>, given: &Options) -> Result<(), Refusal> {
    let detail = given.count('v');
    let all = !"tgj".chars().any(|l| given.has(l));
    let cluster = call.world.cluster.clone();
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
                        .map(|r| of_resource(r, detail)),
                );
            }
        }
    }
    if let Some(wanted) = given.value('j') {
        let resource = cluster
            .resource(wanted)
            .ok_or_else(|| Refusal::new(14, format!("{wanted}: no such resource")))?;
        blocks.push(of_resource(resource, detail));
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
        add("single instance", truth(false));
        add("init nodes", "All potential masters".into());
        add("failover", truth(true));
        add("version", kind.version.clone());
        add("API version", "2".into());
        add(
            "installed on nodes",
            kind.nodes.as_ref().map_or_else(|| "All".into(), |n| n.join(" ")),
        );
        add("packages", kind.packages.join(" "));
    }
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

fn of_resource(resource: &Resource, detail: usize) -> Vec<(String, String)> {
    let mut lines = vec![(format!("({}) Res name:", resource.group), resource.name.clone())];
    if detail > 0 {
        let scope = format!("({}:{})", resource.group, resource.name);
        let mut add =
            |label: &str, value: String| lines.push((format!("    {scope} Res {label}:"), value));
        add("R_description", resource.property("R_description").join(" "));
        add("resource type", resource.type_name.clone());
        add("resource group name", resource.group.clone());
        add("enabled", truth(resource.enabled));
        add("monitor enabled", truth(resource.monitored));
    }
    if detail > 1 {
        for (name, values) in resource.properties.iter().chain(&resource.extensions) {
            let scope = format!("      ({}:{}:{name})", resource.group, resource.name);
            lines.push((format!("{scope} Res property value:"), values.join(" ")));
        }
    }
    lines
}
