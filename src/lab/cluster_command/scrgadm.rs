//! scrgadm(1M): which form of it was typed, and what it does to types and groups. Forms and
//! options that the manual of Sun Cluster 3.0/3.1 lacks are refused. Resources are in
//! `resource_actions`, the listing in `configuration_listing`.

use crate::lab::call::Call;
use crate::lab::getopt::{Options, getopt};
use crate::lab::refusal::Refusal;
use crate::lab::rgm::{names, property, registered};
use crate::lab::world::World;
use crate::lab::{
    Group, Oddity, ResourceType, cluster_command::configuration_listing,
    cluster_command::resource_actions,
};
use crate::node::NodeName;

const USAGE: &str = "scrgadm -p[v[v]] [-t type] [-g group] [-j resource]\n\
    scrgadm -a -t type [-h nodes] [-f file]\n\
    scrgadm -a -g group [-h nodes] [-y property=value...]\n\
    scrgadm -a -j resource -t type -g group [-y property=value...] [-x property=value...]\n\
    scrgadm -a -L -g group -l hostnames [-j resource] [-n netiflist] [-y property=value...]\n\
    scrgadm -c {-t type [-h nodes] [-y RT_system=...] | -g group [-h nodes] -y ... \
    | -j resource [-y ...] [-x ...]}\n\
    scrgadm -r {-t type | -g group | -j resource}";

/// scrgadm(1M) in the synopsis of Sun Cluster 3.0/3.1: -p, -a, -c, -r and nothing else (E34, E37).
pub(crate) fn scrgadm(call: &mut Call<'_>) -> Result<(), Refusal> {
    let given = getopt(call.args(), "pvacrLSt:g:j:h:f:y:x:l:n:X:", USAGE)?;
    let actions = ['p', 'a', 'c', 'r'].into_iter().filter(|a| given.has(*a)).collect::<Vec<_>>();
    let wrong = Err(Refusal::usage(USAGE));
    let [action] = actions[..] else { return wrong };
    let twice = "tgjhlnfLa".chars().any(|l| given.count(l) > 1);
    if !given.operands.is_empty() || twice || (given.has('v') && action != 'p') {
        return wrong;
    }
    if given.has('S') || given.has('X') {
        return Err(Refusal::usage("the lab does not simulate shared addresses (-S)"));
    }
    if !call.cluster().is_up(call.host()) {
        return Err(Refusal::new(1, "not in cluster mode"));
    }
    if action == 'p' {
        if !given.only("pvtgj") {
            return wrong;
        }
        return configuration_listing::print(call, &given);
    }

    let what = (given.has('j'), given.has('L'), given.has('g'), given.has('t'));
    let world = call.world();
    match (action, what) {
        ('a', (false, false, false, true)) if given.only("athf") => add_type(call, &given),
        ('a', (false, false, true, false)) if given.only("aghy") => add_group(world, &given),
        ('a', (true, false, true, true)) if given.only("ajtgyx") => {
            resource_actions::add(world, &given)
        }
        ('a', (_, true, true, false)) if given.has('l') && given.only("aLgljny") => {
            resource_actions::add_address(world, &given)
        }
        ('c', (false, false, false, true))
            if given.only("cthy") && (given.has('h') || given.has('y')) =>
        {
            change_type(world, &given)
        }
        ('c', (false, false, true, false))
            if given.only("cghy") && (given.has('y') || given.has('h')) =>
        {
            change_group(world, &given)
        }
        ('c', (true, false, false, false))
            if given.only("cjyx") && (given.has('y') || given.has('x')) =>
        {
            resource_actions::change(world, &given)
        }
        ('r', (false, false, false, true)) if given.only("rt") => remove_type(world, &given),
        ('r', (false, false, true, false)) if given.only("rg") => remove_group(world, &given),
        ('r', (true, false, false, false)) if given.only("rj") => {
            resource_actions::remove(world, &given)
        }
        _ => wrong,
    }
}

/// `-h`: ordered, comma separated; absent = all members in the order of their ids.
fn node_list(world: &World<'_>, given: &Options) -> Result<Vec<NodeName>, Refusal> {
    let members = world.cluster.members();
    let Some(list) = given.value('h') else { return Ok(members) };
    let mut nodes = Vec::new();
    for name in list.split(',') {
        // By name as scstat -n prints it (E28), or by node id.
        let node = members.iter().find(|m| {
            m.as_str() == name
                || world.cluster.hosts.get(m).is_some_and(|x| x.id.to_string() == name)
        });
        match node {
            Some(n) if nodes.contains(n) => {
                return Err(Refusal::new(3, format!("{name}: named twice")));
            }
            Some(n) => nodes.push(n.clone()),
            None => return Err(Refusal::new(11, format!("{name}: no such node"))),
        }
    }
    Ok(nodes)
}

fn add_type(call: &mut Call<'_>, given: &Options) -> Result<(), Refusal> {
    let name = given.text('t').to_string();
    let nodes = if given.has('h') { Some(node_list(call.world(), given)?) } else { None };
    let base = name.split(':').next().unwrap_or("").to_string();
    let file = match given.value('f') {
        Some(f) => call.inside(f),
        // Assumption: both directories are searched, /usr first.
        None => ["/usr/cluster/lib/rgm/rtreg", "/opt/cluster/lib/rgm/rtreg"]
            .into_iter()
            .map(|d| format!("{d}/{base}"))
            .find(|f| call.files().is_file(f))
            .ok_or_else(|| {
                Refusal::new(13, format!("{name}: cannot find its registration file"))
            })?,
    };
    let text = call.files().load(&file).map_err(|e| crate::lab::refusal::of_io(&file, &e))?;
    let mut kind = registered::registered(&text, call.cluster().personality.cluster())
        .map_err(|why| Refusal::new(13, format!("{file}: {why}")))?;
    if kind.base() != base || (name.contains(':') && kind.name != name) {
        return Err(Refusal::new(13, format!("{file} describes {}, not {name}", kind.name)));
    }

    // 13 is SCHA_ERR_RT; the Ingres agent's installer takes it for "already registered". One
    // version cannot have two names, as after an upgrade of the cluster from 3.0.
    let same = |t: &&ResourceType| {
        t.name == kind.name || (t.base() == kind.base() && t.version == kind.version)
    };
    if let Some(there) = call.cluster().types.iter().find(same) {
        let what = format!("{}: resource type is already registered", there.name);
        return Err(Refusal::new(13, what));
    }

    // The method paths must exist where the type is installed; the package stands for them.
    let all = nodes.clone().unwrap_or_else(|| call.cluster().members());
    for (node, package) in all.iter().flat_map(|n| kind.packages.iter().map(move |p| (n, p))) {
        if !call.cluster().hosts.get(node).is_some_and(|m| m.packages.contains_key(package)) {
            return Err(Refusal::new(
                16,
                format!("{}: package {package} is not installed on {node}", kind.name),
            ));
        }
    }

    kind.nodes = nodes.map(|n| n.into_iter().map(|x| x.0).collect());
    call.world().cluster.types.push(kind);
    Ok(())
}

fn type_name(world: &World<'_>, given: &Options) -> Result<String, Refusal> {
    let name = given.text('t');
    let found = world.cluster.resource_type(name).map(|t| t.name.clone());
    found.ok_or_else(|| Refusal::new(13, format!("{name}: resource type is not registered")))
}

/// Every node of a group's list must be among those that a type is installed on
/// (819-2086/6n4dai0ej).
fn installed(nodes: Option<&[String]>, node: &NodeName) -> bool {
    nodes.is_none_or(|list| list.contains(&node.0))
}

fn change_type(world: &mut World<'_>, given: &Options) -> Result<(), Refusal> {
    let name = type_name(world, given)?;
    let system = rt_system(world, given)?;
    let nodes = node_list(world, given)?;
    for resource in world.cluster.resources.iter().filter(|r| r.type_name == name) {
        let needed =
            world.cluster.group(&resource.group).map(|g| g.nodes.clone()).unwrap_or_default();
        if let Some(node) = needed.iter().find(|n| !nodes.contains(n)) {
            return Err(Refusal::new(
                9,
                format!("{name}: resource {} needs it on {node}", resource.name),
            ));
        }
    }
    if let Some(t) = world.cluster.types.iter_mut().find(|t| t.name == name) {
        if given.has('h') {
            t.nodes = Some(nodes.into_iter().map(|n| n.0).collect());
        }
        t.system = system.unwrap_or(t.system);
    }
    Ok(())
}

/// `-y RT_system={TRUE|FALSE}`, which is the only property of a type that `-y` takes.
fn rt_system(world: &World<'_>, given: &Options) -> Result<Option<bool>, Refusal> {
    let mut system = None;
    for text in given.values('y') {
        let (name, value) = text.split_once('=').unwrap_or((text, ""));
        if !name.eq_ignore_ascii_case("RT_system")
            || !world.cluster.personality.cluster().has_versioned_types()
        {
            return Err(Refusal::new(15, format!("{name}: no such property of a resource type")));
        }
        system = Some(match value.to_ascii_uppercase().as_str() {
            "TRUE" => true,
            "FALSE" => false,
            _ => return Err(Refusal::new(15, format!("{name}: '{value}' is no BOOLEAN"))),
        });
    }
    Ok(system)
}

fn remove_type(world: &mut World<'_>, given: &Options) -> Result<(), Refusal> {
    let name = type_name(world, given)?;
    if world.cluster.types.iter().any(|t| t.name == name && t.system) {
        let what = format!("{name}: operation not allowed on a system resource type (RT_system)");
        let in_use = world.cluster.personality.has(Oddity::SystemTypeInUse);
        return Err(Refusal::new(if in_use { 9 } else { 6 }, what));
    }
    if let Some(user) = world.cluster.resources.iter().find(|r| r.type_name == name) {
        return Err(Refusal::new(9, format!("{name}: used by resource {}", user.name)));
    }
    world.cluster.types.retain(|t| t.name != name);
    Ok(())
}

fn group_properties(world: &World<'_>, given: &Options, group: &mut Group) -> Result<(), Refusal> {
    for text in given.values('y') {
        let (name, values) = property::of_group(text)?;
        property::check(world.cluster.personality, &name, &values)?;
        if name == "Nodelist" {
            let mut nodes = Vec::new();
            for value in &values {
                let node = world.cluster.members().into_iter().find(|m| m.as_str() == value);
                nodes.push(node.ok_or_else(|| Refusal::new(11, format!("{value}: no such node")))?);
            }
            group.nodes = nodes;
        } else {
            group.properties.insert(name, values.join(","));
        }
    }
    Ok(())
}

fn add_group(world: &mut World<'_>, given: &Options) -> Result<(), Refusal> {
    let name = given.text('g');
    names::legal(name)?;
    if world.cluster.group(name).is_some() {
        return Err(Refusal::new(12, format!("{name}: resource group exists")));
    }
    let mut group = Group {
        name: name.into(),
        nodes: node_list(world, given)?,
        managed: false,
        properties: Default::default(),
        states: Default::default(),
    };
    group_properties(world, given, &mut group)?;
    world.cluster.groups.push(group);
    Ok(())
}

fn group_named<'a>(world: &'a World<'_>, name: &str) -> Result<&'a Group, Refusal> {
    world
        .cluster
        .group(name)
        .ok_or_else(|| Refusal::new(12, format!("{name}: no such resource group")))
}

fn change_group(world: &mut World<'_>, given: &Options) -> Result<(), Refusal> {
    let name = given.text('g');
    let mut group = group_named(world, name)?.clone();
    if given.has('h') {
        group.nodes = node_list(world, given)?;
    }

    group_properties(world, given, &mut group)?;
    if let Some(place) = group_named(world, name)?.place().filter(|p| !group.nodes.contains(p)) {
        return Err(Refusal::new(
            9,
            format!("{name}: online on {place}, which the new node list lacks"),
        ));
    }

    for resource in world.cluster.resources.iter().filter(|r| r.group == name) {
        let kind = world.cluster.types.iter().find(|t| t.name == resource.type_name);
        if let Some(node) =
            group.nodes.iter().find(|n| !installed(kind.and_then(|t| t.nodes.as_deref()), n))
        {
            return Err(Refusal::new(
                11,
                format!("{node}: {} is not installed there", resource.type_name),
            ));
        }
    }

    if let Some(old) = world.cluster.group_mut(name) {
        *old = group;
    }

    Ok(())
}

/// A group goes only when it is empty (1.2); whether it is managed does not matter then.
fn remove_group(world: &mut World<'_>, given: &Options) -> Result<(), Refusal> {
    let name = given.text('g');
    let group = group_named(world, name)?;
    if !world.cluster.resources_of(name).is_empty() {
        return Err(Refusal::new(9, format!("{name}: the resource group is not empty")));
    }
    if let Some(place) = group.place() {
        return Err(Refusal::new(
            9,
            format!("{name}: the resource group is not offline on {place}"),
        ));
    }
    world.cluster.groups.retain(|g| g.name != name);
    Ok(())
}
