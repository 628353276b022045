//! scswitch(1M): which form of it was typed, and on what. All groups that are named must exist
//! before anything is done. What a form does to the cluster is in `rgm::switch`.

use crate::lab::call::Call;
use crate::lab::getopt::{Options, getopt};
use crate::lab::refusal::Refusal;
use crate::lab::rgm::switch;
use crate::lab::world::World;
use crate::node::NodeName;

const USAGE: &str = "scswitch -c -h node[,...] -j resource[,...] -f flag-name\n\
    scswitch {-e | -n} [-M] -j resource[,...]\n\
    scswitch -F {-g group[,...] | -D device-group[,...]}\n\
    scswitch -m -D device-group[,...]\n\
    scswitch -Q [-g group[,...]]\n\
    scswitch -R -h node[,...] -g group[,...]\n\
    scswitch -S -h node [-K seconds]\n\
    scswitch {-u | -o} -g group[,...]\n\
    scswitch -z [-g group[,...] [-h node[,...]]]\n\
    scswitch -z -D device-group[,...] -h node\n\
    scswitch -Z [-g group[,...]]";

/// scswitch(1M) in the synopsis of Sun Cluster 3.1 9/04.
pub(crate) fn scswitch(call: &mut Call<'_>) -> Result<(), Refusal> {
    let given = getopt(call.args(), "ceFmnQRSuozZMh:j:f:g:D:K:", USAGE)?;
    let forms: Vec<char> = "ceFmnQRSuozZ".chars().filter(|f| given.has(*f)).collect();
    let wrong = Err(Refusal::usage(USAGE));
    let [form] = forms[..] else { return wrong };
    if !given.operands.is_empty() || "hjfgDK".chars().any(|l| given.count(l) > 1) {
        return wrong;
    }
    if !call.cluster().is_up(call.host()) {
        return Err(Refusal::new(1, "not in cluster mode"));
    }

    let world = call.world();
    match (form, given.has('D')) {
        ('z', true) if given.has('h') && given.only("zDh") => device_group(world, &given),
        ('m' | 'F', true) => Err(Refusal::usage("the lab does not take device groups offline")),
        (_, true) => wrong,
        ('c', _) if given.has_all("hjf") && given.only("chjf") => clear(world, &given),
        ('e' | 'n', _) if given.has('j') && given.only("enMj") => enable(world, &given, form),
        ('z', _) if given.only("zgh") => switch_to(world, &given),
        _ => of_groups(world, &given, form),
    }
}

/// The forms that take groups and need no more of them than their names.
fn of_groups(world: &mut World<'_>, given: &Options, form: char) -> Result<(), Refusal> {
    match form {
        'F' if given.has('g') && given.only("Fg") => each_group(world, given, switch::take_offline),
        'u' | 'o' if given.has('g') && given.only("uog") => {
            each_group(world, given, |w, name| switch::manage(w, name, form == 'o'))
        }
        // Nothing bounces in the lab, so there is nothing to quiesce.
        'Q' if given.only("Qg") => each_group(world, given, |_, _| Ok(())),
        'Z' if given.only("Zg") => each_group(world, given, switch::bring_up),
        'R' if given.has_all("gh") && given.only("Rgh") => {
            let nodes = nodes(world, given)?;
            each_group(world, given, |w, name| {
                nodes.iter().try_for_each(|n| switch::restart(w, name, n))
            })
        }
        'S' if given.has('h') && given.only("ShK") => {
            nodes(world, given)?.iter().try_for_each(|n| switch::evacuate(world, n))
        }
        _ => Err(Refusal::usage(USAGE)),
    }
}

fn clear(world: &mut World<'_>, given: &Options) -> Result<(), Refusal> {
    if given.value('f') != Some("STOP_FAILED") {
        return Err(Refusal::new(3, "only the flag STOP_FAILED can be cleared"));
    }
    let nodes = nodes(world, given)?;
    switch::clear(world, &list(given, 'j'), &nodes)
}

/// `-e` and `-n`, of resources or (`-M`) of their monitors.
fn enable(world: &mut World<'_>, given: &Options, form: char) -> Result<(), Refusal> {
    let (resources, on) = (list(given, 'j'), form == 'e');
    if given.has('M') {
        switch::monitor(world, &resources, on)
    } else {
        switch::enable(world, &resources, on)
    }
}

/// `-z`: to the first of the list, to the node that is named, or off.
fn switch_to(world: &mut World<'_>, given: &Options) -> Result<(), Refusal> {
    match given.value('h') {
        None => each_group(world, given, |w, name| switch::switch_to(w, name, None)),
        Some(_) if !given.has('g') => Err(Refusal::usage(USAGE)),
        // An empty node list takes the group offline everywhere.
        Some("") => each_group(world, given, switch::take_offline),
        Some(_) => {
            let nodes = nodes(world, given)?;
            let [node] = &nodes[..] else {
                return Err(Refusal::new(3, "a failover group is online on one node"));
            };
            each_group(world, given, |w, name| switch::switch_to(w, name, Some(node)))
        }
    }
}

fn list(given: &Options, letter: char) -> Vec<String> {
    given.value(letter).unwrap_or("").split(',').map(String::from).collect()
}

fn nodes(world: &World<'_>, given: &Options) -> Result<Vec<NodeName>, Refusal> {
    let members = world.cluster.members();
    list(given, 'h')
        .into_iter()
        .map(|name| {
            members
                .iter()
                .find(|m| **m == NodeName(name.clone()))
                .cloned()
                .ok_or_else(|| Refusal::new(11, format!("{name}: no such node")))
        })
        .collect()
}

/// The named groups, or all managed ones. All must exist before anything is done.
fn each_group(
    world: &mut World<'_>,
    given: &Options,
    act: impl Fn(&mut World<'_>, &str) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let groups: Vec<String> = match given.value('g') {
        Some(_) => list(given, 'g'),
        None => world
            .cluster
            .groups
            .iter()
            .filter(|g| g.managed || given.has('Z'))
            .map(|g| g.name.clone())
            .collect(),
    };
    if let Some(missing) = groups.iter().find(|g| world.cluster.group(g).is_none()) {
        return Err(Refusal::new(12, format!("{missing}: no such resource group")));
    }
    groups.iter().try_for_each(|name| act(world, name))
}

fn device_group(world: &mut World<'_>, given: &Options) -> Result<(), Refusal> {
    let nodes = nodes(world, given)?;
    for name in list(given, 'D') {
        let group = world.cluster.device_groups.iter_mut().find(|d| d.name == name);
        let group =
            group.ok_or_else(|| Refusal::new(14, format!("{name}: no such device group")))?;
        group.primary = nodes.first().cloned();
    }
    Ok(())
}
