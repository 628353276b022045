//! scrgadm on resources: add, change, remove. A resource is kept only when its type, its properties
//! and its Validate method allow it. Types and groups are in `scrgadm`.

use crate::lab::getopt::Options;
use crate::lab::refusal::Refusal;
use crate::lab::rgm::agent::Agent;
use crate::lab::rgm::{names, property, type_version, validate};
use crate::lab::world::World;
use crate::lab::{Oddity, Resource, ResourceType};

fn fresh(
    world: &World<'_>,
    name: &str,
    type_name: &str,
    group: &str,
) -> Result<(Resource, ResourceType), Refusal> {
    names::legal(name)?;
    let group = world
        .cluster
        .group(group)
        .ok_or_else(|| Refusal::new(12, format!("{group}: no such resource group")))?;
    let kind =
        world.cluster.resource_type(type_name).cloned().ok_or_else(|| {
            Refusal::new(13, format!("{type_name}: resource type is not registered"))
        })?;

    if world.cluster.resource(name).is_some() {
        return Err(Refusal::new(14, format!("{name}: resource exists")));
    }

    installed_everywhere(world, &group.name, &kind)?;
    let resource = Resource {
        name: name.into(),
        type_name: kind.name.clone(),
        group: group.name.clone(),
        // Disabled with its monitor on: 817-4638/z400043a1053628.
        enabled: false,
        monitored: true,
        properties: Default::default(),
        extensions: Default::default(),
        states: Default::default(),
        status: Default::default(),
        listens: Default::default(),
    };
    Ok((resource, kind))
}

/// Applies `-y` and `-x`.
fn apply(
    world: &World<'_>,
    given: &Options,
    kind: &ResourceType,
    resource: &mut Resource,
) -> Result<(), Refusal> {
    for text in given.values('y').filter(|text| type_version(text).is_none()) {
        let (name, values) = property::of_resource(text)?;
        property::check(world.cluster.personality, &name, &values)?;
        if let Some(declared) = kind.standard(&name) {
            property::check_declared(declared, &values)?;
        }
        resource.properties.insert(name, values);
    }

    for text in given.values('x') {
        let (name, value) = text
            .split_once('=')
            .ok_or_else(|| Refusal::new(3, format!("{text}: not of the form property=value")))?;
        let declared = kind.extension(name).ok_or_else(|| {
            Refusal::new(15, format!("{name}: no extension property of {}", kind.name))
        })?;
        let values = property::values(name, value, declared.kind == "STRINGARRAY")?;
        property::check_declared(declared, &values)?;
        let values =
            if declared.kind == "BOOLEAN" { vec![value.to_ascii_uppercase()] } else { values };
        resource.extensions.insert(declared.name.clone(), values);
    }

    required(kind, resource)?;
    if let Some(gone) = resource.depends_on().find(|d| world.cluster.resource(d).is_none()) {
        return Err(Refusal::new(14, format!("{gone}: no such resource")));
    }
    if let Some(circle) = resource.depends_on().find(|d| reaches(world, d, &resource.name)) {
        return Err(Refusal::new(8, format!("{}: {circle} depends on it", resource.name)));
    }

    Ok(())
}

/// What the type declares without a default has to be given: extensions, and properties of the
/// system that have none of their own (817-4227/6mjp2siri for Cheap_probe_interval).
fn required(kind: &ResourceType, resource: &Resource) -> Result<(), Refusal> {
    let extensions = kind.extensions.iter().map(|e| (e, resource.extension(&e.name)));
    let standard = kind.standard.iter().filter(|p| property::is_conditional(&p.name));
    let standard = standard.map(|p| (p, resource.property(&p.name)));

    for (declared, values) in extensions.chain(standard) {
        if declared.default.is_none() && values.is_empty() {
            return Err(Refusal::new(15, format!("{}: a value is required", declared.name)));
        }
    }
    Ok(())
}

/// The value of `Type_version=`.
fn type_version(text: &str) -> Option<&str> {
    let (name, value) = text.split_once('=')?;
    name.eq_ignore_ascii_case("Type_version").then_some(value)
}

/// Whether `from` is `to` or depends on it, however far.
fn reaches(world: &World<'_>, from: &str, to: &str) -> bool {
    from == to
        || world
            .cluster
            .resource(from)
            .is_some_and(|r| r.depends_on().any(|d| d != from && reaches(world, d, to)))
}

fn keep(world: &mut World<'_>, resource: Resource) -> Result<(), Refusal> {
    validate::validate(world, &resource)?;
    // It is disabled, so nothing starts even when its group is up.
    world.cluster.resources.push(resource);
    Ok(())
}

/// `-a -j R -t T -g G`.
pub(crate) fn add(world: &mut World<'_>, given: &Options) -> Result<(), Refusal> {
    if given.values('y').any(|text| type_version(text).is_some()) {
        return Err(Refusal::new(15, "Type_version: the type's name says which version it is"));
    }
    let (mut resource, kind) = fresh(world, given.text('j'), given.text('t'), given.text('g'))?;
    apply(world, given, &kind, &mut resource)?;
    keep(world, resource)
}

/// `-a -L -g G -l hosts [-j R]`: without -j the resource is called like the first host
/// (816-2024/z400042c1012278).
pub(crate) fn add_address(world: &mut World<'_>, given: &Options) -> Result<(), Refusal> {
    let hosts = property::values("HostnameList", given.text('l'), true)?;
    let first =
        hosts.first().cloned().ok_or_else(|| Refusal::new(3, "the list of host names is empty"))?;
    let name = given.value('j').unwrap_or(&first).to_string();
    let kind = address_type(world)?;
    let (mut resource, kind) = fresh(world, &name, &kind, given.text('g'))?;
    if let Some(host) = hosts.iter().find(|h| {
        world.cluster.resources.iter().any(|r| {
            Agent::of(&r.type_name).is_network() && r.extension("HostnameList").contains(h)
        })
    }) {
        return Err(Refusal::new(16, format!("{host}: used by another resource")));
    }

    resource.extensions.insert("HostnameList".into(), hosts);
    match given.value('n') {
        Some(list) => {
            resource
                .extensions
                .insert("NetIfList".into(), property::values("NetIfList", list, true)?);
        }
        None => {
            // Worked out from the subnet: every lab node has one IPMP group there.
            let group =
                world.cluster.group(given.text('g')).map(|g| g.nodes.clone()).unwrap_or_default();
            let ids = group
                .iter()
                .filter_map(|n| world.cluster.hosts.get(n))
                .map(|m| format!("ipmp0@{}", m.id))
                .collect();
            resource.extensions.insert("NetIfList".into(), ids);
        }
    }

    apply(world, given, &kind, &mut resource)?;
    keep(world, resource)
}

/// The type that `-L` means, which takes none.
///
/// Assumption: the texts of the refusals; which of several versions it is nobody could say.
fn address_type(world: &World<'_>) -> Result<String, Refusal> {
    const NAME: &str = "SUNW.LogicalHostname";
    let of = world.cluster.types.iter().filter(|t| t.answers_to(NAME));
    let names: Vec<&str> = of.map(|t| t.name.as_str()).collect();
    let ambiguous = names.len() > 1;
    match names.last() {
        None => Err(Refusal::new(13, format!("{NAME}: resource type is not registered"))),
        Some(_) if ambiguous && world.cluster.personality.has(Oddity::AddressTypeAmbiguous) => {
            let what = format!("{NAME}: several versions are registered: {}", names.join(" "));
            Err(Refusal::new(13, what))
        }
        Some(last) => Ok((*last).to_owned()),
    }
}

/// `-c -j R`.
pub(crate) fn change(world: &mut World<'_>, given: &Options) -> Result<(), Refusal> {
    let name = given.text('j');
    let old = world
        .cluster
        .resource(name)
        .cloned()
        .ok_or_else(|| Refusal::new(14, format!("{name}: no such resource")))?;
    let kind = world.cluster.resource_type(&old.type_name).cloned().ok_or_else(|| {
        Refusal::new(13, format!("{}: resource type is not registered", old.type_name))
    })?;
    let target = match given.values('y').filter_map(type_version).last() {
        Some(version) => type_version::target(world, &kind, version)?,
        None => kind.clone(),
    };
    let moves = target.name != kind.name;

    let mut new = if moves { type_version::moved(&old, &kind, &target) } else { old.clone() };
    apply(world, given, &target, &mut new)?;
    if moves {
        type_version::permitted(world.cluster, &old, &kind, &target)?;
        type_version::conforming(&new, &target)?;
        installed_everywhere(world, &old.group, &target)?;
    } else {
        tunable(&kind, &old, &new)?;
    }
    // VALIDATE also runs for an update of a standard property.
    validate::validate(world, &new)?;
    if let Some(r) = world.cluster.resource_mut(name) {
        *r = new;
    }
    Ok(())
}

/// Whether what changes may change now.
fn tunable(kind: &ResourceType, old: &Resource, new: &Resource) -> Result<(), Refusal> {
    let extensions =
        kind.extensions.iter().filter(|e| new.extension(&e.name) != old.extension(&e.name));
    let standard = kind.standard.iter().filter(|p| new.property(&p.name) != old.property(&p.name));

    for declared in extensions.chain(standard) {
        let name = &declared.name;
        let refusal = match declared.tunable.as_str() {
            "AT_CREATION" => Refusal::new(15, format!("{name}: can be set at creation only")),
            "NONE" => Refusal::new(15, format!("{name}: cannot be set")),
            "WHEN_DISABLED" if old.enabled => {
                let what = format!("{name}: can be set only while {} is disabled", old.name);
                Refusal::new(9, what)
            }
            _ => continue,
        };
        return Err(refusal);
    }
    Ok(())
}

/// Every node of a group's list must have the type (819-2086/6n4dai0ej).
fn installed_everywhere(
    world: &World<'_>,
    group: &str,
    kind: &ResourceType,
) -> Result<(), Refusal> {
    let nodes = world.cluster.group(group).map(|g| &g.nodes[..]).unwrap_or_default();
    let Some(installed) = &kind.nodes else { return Ok(()) };
    match nodes.iter().find(|n| !installed.contains(&n.0)) {
        Some(missing) => {
            Err(Refusal::new(11, format!("{}: not installed on {missing}", kind.name)))
        }
        None => Ok(()),
    }
}

/// `-r -j R`: only a disabled one that no other names as a dependency (1.2).
pub(crate) fn remove(world: &mut World<'_>, given: &Options) -> Result<(), Refusal> {
    let name = given.text('j');
    let resource = world
        .cluster
        .resource(name)
        .ok_or_else(|| Refusal::new(14, format!("{name}: no such resource")))?;
    if resource.enabled {
        return Err(Refusal::new(9, format!("{name}: the resource is enabled")));
    }
    if let Some(state) = resource.states.values().next() {
        return Err(Refusal::new(9, format!("{name}: the resource is {}", state.word())));
    }
    if let Some(user) = world.cluster.resources.iter().find(|r| r.depends_on().any(|d| d == name)) {
        return Err(Refusal::new(8, format!("{name}: {} depends on it", user.name)));
    }
    world.cluster.resources.retain(|r| r.name != name);
    Ok(())
}
