//! What the cluster says of a type and its resources, asked before an upgrade is planned. It
//! only asks, all questions about resources one member. What follows from the answers is the
//! plan's affair.

use crate::cluster::queries::registered_types;
use crate::cluster::{GroupState, Meaning, Release, ResourceState, Switch, queries, versions};
use crate::node::{Command, HostError, Inspect, NodeName};
use crate::resource_type::Method;
use crate::step::query::{first_line, lines};
use crate::type_upgrade::{Found, FoundGroup, FoundResource, FoundValue, Registered};

/// Dependencies because of which a resource cannot be disabled while another is enabled; the last
/// one is of later releases.
const DEPENDENCIES: [&str; 3] = [
    "RESOURCE_DEPENDENCIES",
    "RESOURCE_DEPENDENCIES_RESTART",
    "RESOURCE_DEPENDENCIES_OFFLINE_RESTART",
];

/// Properties of the system that an administrator may have set, besides timeouts.
const PROPERTIES: [&str; 16] = [
    "R_description",
    "Failover_mode",
    "Resource_dependencies",
    "Resource_dependencies_weak",
    "Resource_dependencies_restart",
    "Resource_dependencies_offline_restart",
    "Network_resources_used",
    "Port_list",
    "Scalable",
    "Load_balancing_policy",
    "Load_balancing_weights",
    "Cheap_probe_interval",
    "Thorough_probe_interval",
    "Retry_count",
    "Retry_interval",
    "Affinity_timeout",
];

/// The resources of the cluster with their states, and the registered versions of the type with the
/// values of its resources. Any member knows it.
///
/// # Errors
/// A node that is lost.
pub fn found_of_type(host: &dyn Inspect, base: &str) -> Result<Found, HostError> {
    let mut found = Found::default();
    for name in lines(host, &queries::groups())? {
        let group = group(host, &name)?;
        for resource in lines(host, &queries::group_resources(&name))? {
            found.resources.push(self::resource(host, &resource, &group, base)?);
        }
        found.groups.push(group);
    }

    let listed = host.query(&registered_types())?.text();
    for full in versions(&listed, base) {
        found.registered.push(registered(host, full)?);
    }
    Ok(found)
}

fn group(host: &dyn Inspect, name: &str) -> Result<FoundGroup, HostError> {
    let nodes = lines(host, &queries::group_nodes(name))?;
    let mut group = FoundGroup {
        name: name.to_owned(),
        nodes: nodes.into_iter().map(NodeName).collect(),
        managed: true,
        ..FoundGroup::default()
    };
    for node in group.nodes.clone() {
        let word = first_line(host, &queries::group_state(name, &node))?;
        let word = word.unwrap_or_default();
        match GroupState::parse(&word) {
            GroupState::Online => group.online.push(node),
            GroupState::Offline => {}
            GroupState::Unmanaged => group.managed = false,
            _ => group.odd.push((node, if word.is_empty() { "no state".into() } else { word })),
        }
    }
    Ok(group)
}

fn resource(
    host: &dyn Inspect,
    name: &str,
    group: &FoundGroup,
    base: &str,
) -> Result<FoundResource, HostError> {
    let one = |command: &Command| first_line(host, command);
    let enabled = |word: Option<String>| word.is_some_and(|word| Switch::is_on(&word));
    let mut resource = FoundResource {
        name: name.to_owned(),
        group: group.name.clone(),
        kind: one(&queries::type_of(name))?.unwrap_or_default(),
        enabled: enabled(one(&queries::switch(name))?),
        monitored: enabled(one(&queries::monitor_switch(name))?),
        ..FoundResource::default()
    };

    for tag in DEPENDENCIES {
        let named = lines(host, &queries::property(name, tag))?;
        // Later releases write a qualifier behind a name: web{LOCAL_NODE}.
        let bare = named.iter().map(|n| n.split(['{', '@']).next().unwrap_or(n).to_owned());
        resource.needs.extend(bare.filter(|n| !n.is_empty()));
    }

    for node in &group.nodes {
        let command = queries::resource_state(name, node);
        let word = first_line(host, &command)?.unwrap_or_default();
        match ResourceState::parse(&word) {
            state if state.meaning() == Meaning::Up => resource.up.push(node.clone()),
            state if state.meaning() == Meaning::Down => {}
            _ => resource
                .odd
                .push((node.clone(), if word.is_empty() { "no state".into() } else { word })),
        }
    }

    if versions(&resource.kind, base).next().is_some() {
        resource.values = values(host, name)?;
    }
    Ok(resource)
}

/// Its properties as they hold, whether set or not: which of the two the cluster does not say.
fn values(host: &dyn Inspect, name: &str) -> Result<Vec<FoundValue>, HostError> {
    let mut all = Vec::new();
    for property in lines(host, &queries::extensions(name))? {
        let command = queries::extension(name, &property);
        // The first line is its type.
        let values = lines(host, &command)?.into_iter().skip(1).collect();
        all.push(FoundValue { name: property, extension: true, values });
    }
    let timeouts = Method::ALL.iter().map(|method| format!("{}_timeout", method.name()));
    for property in PROPERTIES.iter().map(|p| (*p).to_owned()).chain(timeouts) {
        let output = host.query(&queries::property(name, &property))?;
        let values: Vec<String> = output.text().lines().map(|l| l.trim().to_owned()).collect();
        if output.success() && values.iter().any(|value| !value.is_empty()) {
            all.push(FoundValue { name: property, extension: false, values });
        }
    }
    Ok(all)
}

fn registered(host: &dyn Inspect, full: &str) -> Result<Registered, HostError> {
    let asked = |tag: &str| lines(host, &queries::type_property(full, tag));
    let one = |tag: &str| Ok::<_, HostError>(asked(tag)?.into_iter().next().unwrap_or_default());
    let nodes = asked("INSTALLED_NODES")?;
    let all = nodes.is_empty() || nodes.iter().any(|node| node == "*");
    let basedir = one("RT_BASEDIR")?;

    let mut methods = Vec::new();
    for method in Method::ALL {
        let path = one(&method.name().to_uppercase())?;
        if path.starts_with('/') {
            methods.push((method.name().to_owned(), path));
        } else if !path.is_empty() && !basedir.is_empty() {
            let whole = format!("{}/{path}", basedir.trim_end_matches('/'));
            methods.push((method.name().to_owned(), whole));
        }
    }
    Ok(Registered {
        full: full.to_owned(),
        version: one("RT_VERSION")?,
        nodes: (!all).then(|| nodes.into_iter().map(NodeName).collect()),
        system: one("RT_SYSTEM")? == "TRUE",
        methods,
    })
}

/// The release, where it is one whose resources cannot move to another version of their type.
///
/// # Errors
/// A node that is lost.
pub fn release_without_upgrades(host: &dyn Inspect) -> Result<Option<String>, HostError> {
    let said = host.query(&queries::release())?;
    let text = said.text().trim().to_owned();
    let release = Release::parse(&text).filter(|r| said.success() && (r.major, r.minor) < (3, 1));
    Ok(release.map(|_| text))
}
