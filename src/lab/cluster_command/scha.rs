//! The machine interface: scha_cluster_get, scha_resourcegroup_get, scha_resource_get.
//!
//! One value a line; a missing object gives a status other than 0 and nothing on standard output
//! (scha_cmds(1HA)).

use crate::lab::call::Call;
use crate::lab::getopt::{Options, getopt};
use crate::lab::refusal::Refusal;
use crate::lab::rgm::property;
use crate::lab::{Cluster, Group, Resource, ResourceType};
use crate::node::NodeName;
use crate::resource_type::Method;

pub(super) type Lines = Result<Vec<String>, Refusal>;

pub(super) fn one(text: impl Into<String>) -> Lines {
    Ok(vec![text.into()])
}

pub(super) fn truth(value: bool) -> Lines {
    one(if value { "TRUE" } else { "FALSE" })
}

pub(super) fn no_tag(tag: &str) -> Refusal {
    Refusal::new(4, format!("{tag}: no such optag"))
}

/// The options, the optag in upper case and its first argument.
pub(super) fn question(
    call: &Call<'_>,
    accepted: &str,
    needed: &str,
    usage: &str,
) -> Result<(Options, String, String), Refusal> {
    let mut given = getopt(call.args(), accepted, usage)?;
    if needed.chars().any(|l| !given.has(l)) {
        return Err(Refusal::usage(usage));
    }
    if !call.cluster().is_up(call.host()) {
        return Err(Refusal::new(5, "not in cluster mode"));
    }
    // optags are case-insensitive (scha_cmds(1HA)).
    let tag = given.value('O').unwrap_or("").to_uppercase();
    let argument = if given.operands.is_empty() { String::new() } else { given.operands.remove(0) };
    Ok((given, tag, argument))
}

pub(super) fn answer(call: &mut Call<'_>, lines: Vec<String>) -> Result<(), Refusal> {
    for line in lines {
        call.say(line);
    }
    Ok(())
}

/// The node an optag of the `_NODE` kind asks about; an error when it is none.
fn node(cluster: &Cluster, name: &str) -> Result<NodeName, Refusal> {
    cluster
        .members()
        .into_iter()
        .find(|m| m.as_str() == name)
        .ok_or_else(|| Refusal::new(11, format!("'{name}': no such node")))
}

pub(crate) fn cluster_get(call: &mut Call<'_>) -> Result<(), Refusal> {
    let (_, tag, argument) = question(call, "O:", "O", "scha_cluster_get -O optag [args]")?;
    let cluster = call.cluster();
    let names = |all: Vec<NodeName>| Ok(all.into_iter().map(|n| n.0).collect());

    let lines = match tag.as_str() {
        "CLUSTERNAME" => one(&cluster.name),
        "ALL_NODENAMES" => names(cluster.members()),
        "ALL_NODEIDS" => Ok(cluster
            .members()
            .iter()
            .filter_map(|n| cluster.hosts.get(n))
            .map(|m| m.id.to_string())
            .collect()),
        "NODENAME_LOCAL" => one(call.host().as_str()),
        "NODENAME_NODEID" => {
            let found =
                cluster.hosts.iter().find(|(_, m)| m.id != 0 && m.id.to_string() == argument);
            found
                .map(|(n, _)| vec![n.0.clone()])
                .ok_or_else(|| Refusal::new(11, format!("'{argument}': no such node")))
        }
        "NODEID_LOCAL" => one(cluster.hosts.get(call.host()).map_or(0, |m| m.id).to_string()),
        "NODEID_NODENAME" => node(cluster, &argument)
            .and_then(|n| one(cluster.hosts.get(&n).map_or(0, |m| m.id).to_string())),
        "NODESTATE_LOCAL" => one("UP"),
        "NODESTATE_NODE" => node(cluster, &argument)
            .and_then(|n| one(if cluster.is_up(&n) { "UP" } else { "DOWN" })),
        "ALL_RESOURCEGROUPS" => Ok(cluster.groups.iter().map(|g| g.name.clone()).collect()),
        "ALL_RESOURCETYPES" => Ok(cluster.types.iter().map(|t| t.name.clone()).collect()),
        _ => Err(no_tag(&tag)),
    }?;
    answer(call, lines)
}

pub(crate) fn group_get(call: &mut Call<'_>) -> Result<(), Refusal> {
    let (given, tag, argument) =
        question(call, "O:G:", "OG", "scha_resourcegroup_get -O optag -G group [args]")?;
    let cluster = call.cluster();
    let name = given.value('G').unwrap_or("");
    let group = cluster
        .group(name)
        .ok_or_else(|| Refusal::new(12, format!("{name}: no such resource group")))?;
    let lines = group_answer(cluster, group, call.host(), &tag, &argument)?;
    answer(call, lines)
}

fn group_answer(
    cluster: &Cluster,
    group: &Group,
    here: &NodeName,
    tag: &str,
    argument: &str,
) -> Lines {
    let property =
        |name: &str, default: &str| one(group.properties.get(name).map_or(default, String::as_str));
    let list = |name: &str| {
        let text = group.properties.get(name).map_or("", String::as_str);
        Ok(text.split(',').filter(|t| !t.is_empty()).map(String::from).collect())
    };

    match tag {
        "RG_STATE" => one(cluster.says(&group.name, group.state(here).word())),
        "RG_STATE_NODE" => {
            one(cluster.says(&group.name, group.state(&node(cluster, argument)?).word()))
        }
        "NODELIST" => Ok(group.nodes.iter().map(|n| n.0.clone()).collect()),
        "RESOURCE_LIST" => Ok(cluster.resources_of(&group.name)),
        "RG_DESCRIPTION" => property("RG_description", ""),
        "RG_MODE" => property("RG_mode", "Failover"),
        "FAILBACK" => {
            truth(group.properties.get("Failback").is_some_and(|v| v.eq_ignore_ascii_case("true")))
        }
        "MAXIMUM_PRIMARIES" => property("Maximum_primaries", "1"),
        "DESIRED_PRIMARIES" => property("Desired_primaries", "1"),
        "PATHPREFIX" => property("Pathprefix", ""),
        "PINGPONG_INTERVAL" => property("Pingpong_interval", "3600"),
        "IMPLICIT_NETWORK_DEPENDENCIES" => truth(true),
        "GLOBAL_RESOURCES_USED" => one("*"),
        "RG_DEPENDENCIES" => list("RG_dependencies"),
        "RG_AFFINITIES" => list("RG_affinities"),
        "SUSPEND_AUTOMATIC_RECOVERY" => truth(false),
        _ => Err(no_tag(tag)),
    }
}

pub(crate) fn resource_get(call: &mut Call<'_>) -> Result<(), Refusal> {
    let (given, tag, argument) = question(
        call,
        "O:R:G:Q",
        "OR",
        "scha_resource_get -O optag -R resource [-G group] [args]",
    )?;
    let cluster = call.cluster();
    let name = given.value('R').unwrap_or("");
    let resource = cluster.resource(name).filter(|r| given.value('G').is_none_or(|g| g == r.group));
    let resource = resource.ok_or_else(|| Refusal::new(14, format!("{name}: no such resource")))?;
    let lines = resource_answer(cluster, resource, call.host(), &tag, &argument)?;
    answer(call, lines)
}

fn resource_answer(
    cluster: &Cluster,
    resource: &Resource,
    here: &NodeName,
    tag: &str,
    argument: &str,
) -> Lines {
    let switch = |on: bool| one(if on { "ENABLED" } else { "DISABLED" });
    let status = |n: &NodeName| {
        let status = resource.status(n);
        // Assumption: the keyword in the case of scstat is printed in upper case, then the message.
        Ok(vec![status.keyword.to_uppercase(), status.message])
    };

    match tag {
        "RESOURCE_STATE" => one(cluster.says(&resource.name, resource.state(here).word())),
        "RESOURCE_STATE_NODE" => {
            one(cluster.says(&resource.name, resource.state(&node(cluster, argument)?).word()))
        }
        "STATUS" => status(here),
        "STATUS_NODE" => status(&node(cluster, argument)?),
        "TYPE" => one(&resource.type_name),
        "TYPE_VERSION" => one(cluster
            .types
            .iter()
            .find(|t| t.name == resource.type_name)
            .map_or("", |t| t.version.as_str())),
        "GROUP" => one(&resource.group),
        "ON_OFF_SWITCH" => switch(resource.enabled),
        "ON_OFF_SWITCH_NODE" => node(cluster, argument).and_then(|_| switch(resource.enabled)),
        "MONITORED_SWITCH" => switch(resource.monitored),
        "MONITORED_SWITCH_NODE" => node(cluster, argument).and_then(|_| switch(resource.monitored)),
        "ALL_EXTENSIONS" => Ok(kind_of(cluster, resource)
            .map(|kind| kind.extensions.iter().map(|e| e.name.clone()).collect())
            .unwrap_or_default()),
        "EXTENSION" => extension(cluster, resource, argument),
        _ => standard(cluster, resource, tag),
    }
}

fn kind_of<'c>(cluster: &'c Cluster, resource: &Resource) -> Option<&'c ResourceType> {
    cluster.types.iter().find(|t| t.name == resource.type_name)
}

/// The type of the property, then its values.
fn extension(cluster: &Cluster, resource: &Resource, name: &str) -> Lines {
    let kind = kind_of(cluster, resource);
    let found = kind.and_then(|kind| Some((kind, kind.extension(name)?)));
    let (kind, declared) =
        found.ok_or_else(|| Refusal::new(15, format!("{name}: no such property")))?;

    let mut lines = vec![declared.kind.clone()];
    lines.extend(resource.value(kind, name).into_iter().filter(|value| !value.is_empty()));
    Ok(lines)
}

/// A property of the system: what was set, what the type declares, what the system has of itself.
fn standard(cluster: &Cluster, resource: &Resource, tag: &str) -> Lines {
    let (name, kind, default) = property::standard(tag).ok_or_else(|| no_tag(tag))?;
    let registered = kind_of(cluster, resource);

    let mut values = match registered {
        Some(registered) => resource.value(registered, &name),
        None => resource.property(&name).to_vec(),
    };
    let declared = registered.is_some_and(|r| r.standard(&name).is_some());
    if values.is_empty() && !declared && kind != "STRINGARRAY" {
        let default = default.filter(|_| has(registered, &name));
        let default = default.ok_or_else(|| {
            Refusal::new(15, format!("{name}: {} has no such property", resource.type_name))
        })?;
        values = vec![default.to_owned()];
    }
    Ok(values)
}

/// A timeout is there for a method that the type declares (819-2070/6n4cr9nkq).
fn has(registered: Option<&ResourceType>, name: &str) -> bool {
    let Some(method) = Method::of_timeout(name) else { return true };
    registered.is_none_or(|r| r.methods.is_empty() || r.methods.contains_key(method.name()))
}
