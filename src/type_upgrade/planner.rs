//! From what the cluster says and what the registration files declare to a plan.

use super::lowering::{lowered, outage, restored};
use super::stages::{Staged, staged};
use super::{
    Action, Found, FoundResource, Move, Registered, Registration, Removal, Request, UpgradePlan,
    Version, Versions, Wave,
};
use crate::node::NodeName;
use crate::problem::{Problem, codes};
use crate::resource_type::Tunability;

/// The plan of an upgrade. One without waves: every resource has the version already.
///
/// # Errors
/// Everything that keeps it from being begun.
pub fn plan(
    request: &Request,
    found: &Found,
    versions: &Versions,
) -> Result<UpgradePlan, Vec<Problem>> {
    let selected = selected(request, found)?;
    let target = version(request, versions, &request.to)?;
    if let Some(via) = &request.via {
        version(request, versions, via)?;
    }

    let (mut problems, mut moves, mut notes) = (Vec::new(), Vec::new(), Vec::new());
    for resource in selected.iter().filter(|r| r.kind != target.full()) {
        let Staged { moves: own, problems: wrong, notes: said } =
            staged(request, found, versions, resource);
        moves.extend(own);
        problems.extend(wrong);
        notes.extend(said);
    }
    notes.dedup();

    let waves = waves(found, &moves);
    problems.extend(odd_states(found, &waves));
    problems.extend(outside(found, &moves));
    let unregister = match removals(request, found, versions, &moves) {
        Ok(removals) => removals,
        Err(problem) => {
            problems.push(problem);
            Vec::new()
        }
    };
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(UpgradePlan {
        base: request.base.clone(),
        to: request.to.clone(),
        resources: request.resources.clone(),
        register: registrations(found, versions, &moves),
        waves,
        unregister,
        notes,
    })
}

/// Whether a full name is one of the type's.
fn is_of(base: &str, kind: &str) -> bool {
    kind.strip_prefix(base).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
}

/// The resources of the type, or those of them that were named.
fn selected<'f>(
    request: &Request,
    found: &'f Found,
) -> Result<Vec<&'f FoundResource>, Vec<Problem>> {
    let own = found.resources.iter().filter(|r| is_of(&request.base, &r.kind));
    if request.resources.is_empty() {
        return Ok(own.collect());
    }

    let wrong = |name: &String| {
        let what = match found.resource(name) {
            None => format!("there is no resource {name}"),
            Some(r) if !is_of(&request.base, &r.kind) => {
                format!("resource {name} is of type {}, not of {}", r.kind, request.base)
            }
            Some(_) => return None,
        };
        Some(Problem::new(codes::UPGRADE_RESOURCE, what).hint("scstat -g lists what there is"))
    };
    let problems: Vec<Problem> = request.resources.iter().filter_map(wrong).collect();
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(own.filter(|r| request.resources.contains(&r.name)).collect())
}

fn version<'v>(
    request: &Request,
    versions: &'v Versions,
    named: &str,
) -> Result<&'v Version, Vec<Problem>> {
    let known = versions.get(named).filter(|version| version.base == request.base);
    known.ok_or_else(|| {
        let what = format!("there is no registration file of version {named} of {}", request.base);
        let hint = "install the package on every node, or name the file: --file NODE-PATH";
        vec![Problem::new(codes::UPGRADE_FILE, what).hint(hint)]
    })
}

/// Versions that moves lead to and that are not registered, in their order.
fn registrations(found: &Found, versions: &Versions, moves: &[Move]) -> Vec<Registration> {
    let mut all: Vec<Registration> = Vec::new();
    for one in moves {
        let known = found.registered.iter().any(|r| r.full == one.to)
            || all.iter().any(|r| r.full == one.to);
        if let Some(version) = versions.get(&one.version).filter(|_| !known) {
            let (full, base, file) = (version.full(), version.base.clone(), version.file.clone());
            all.push(Registration { full, base, file });
        }
    }
    all
}

/// Versions that no resource has in the end.
fn removals(
    request: &Request,
    found: &Found,
    versions: &Versions,
    moves: &[Move],
) -> Result<Vec<Removal>, Problem> {
    let mut all: Vec<Removal> = Vec::new();
    if !request.unregister_old {
        return Ok(all);
    }

    let moves_away = |name: &str| moves.iter().any(|one| one.resource == name);
    for old in found.registered.iter().filter(|old| moves.iter().any(|m| m.from == old.full)) {
        let users: Vec<&str> = found
            .resources
            .iter()
            .filter(|r| r.kind == old.full && !moves_away(&r.name))
            .map(|r| r.name.as_str())
            .collect();
        if !users.is_empty() {
            let what = format!("{} is still used by {}", old.full, users.join(", "));
            let hint = "upgrade these too, or leave --unregister-old out";
            return Err(Problem::new(codes::UPGRADE_USED, what).hint(hint));
        }

        let Some(version) = versions.get(&old.version) else {
            let what = format!("the registration file of {} was not found", old.full);
            let hint = "the way back needs it: --old-file NODE-PATH, or leave --unregister-old out";
            return Err(Problem::new(codes::UPGRADE_USED, what).hint(hint));
        };

        all.push(Removal {
            full: old.full.clone(),
            base: version.base.clone(),
            system: old.system,
            file: version.file.clone(),
            nodes: old.nodes.clone().unwrap_or_default(),
        });
    }

    Ok(all)
}

/// Nodes of a group on which the new version is not installed.
fn outside(found: &Found, moves: &[Move]) -> Vec<Problem> {
    let mut problems = Vec::new();

    for one in moves {
        let registered = found.registered.iter().find(|r| r.full == one.to);
        let Some(Registered { nodes: Some(installed), .. }) = registered else { continue };

        let nodes = found.group(&one.group).map(|g| g.nodes.as_slice()).unwrap_or_default();
        let lacking: Vec<&str> =
            nodes.iter().filter(|n| !installed.contains(n)).map(NodeName::as_str).collect();

        if !lacking.is_empty() {
            let what = format!(
                "group {} may run on {}, and {} is not installed there",
                one.group,
                lacking.join(", "),
                one.to
            );

            let all: Vec<&str> = nodes.iter().map(NodeName::as_str).collect();
            let hint = format!(
                "install the package there, then: scrgadm -c -t {} -h {}",
                one.to,
                all.join(",")
            );

            problems.push(Problem::new(codes::UPGRADE_NODES, what).hint(hint));
        }
    }
    problems
}

/// States of what is touched from which nothing is begun.
fn odd_states(found: &Found, waves: &[Wave]) -> Vec<Problem> {
    let odd = |name: &str, node: &NodeName, state: &str| {
        let hint = "bring it online or offline first, or clear what has failed; see scstat -g";
        Problem::new(codes::UPGRADE_STATE, format!("{name} is in {state}"))
            .on(node.as_str())
            .hint(hint)
    };
    let mut problems = Vec::new();
    for wave in waves {
        let groups = groups_of(found, wave);
        for group in found.groups.iter().filter(|g| groups.contains(&g.name)) {
            let name = format!("group {}", group.name);
            problems.extend(group.odd.iter().map(|(node, state)| odd(&name, node, state)));
        }
        for resource in found.resources.iter().filter(|r| groups.contains(&r.group)) {
            let name = format!("resource {}", resource.name);
            problems.extend(resource.odd.iter().map(|(node, state)| odd(&name, node, state)));
        }
    }
    problems
}

/// Every group of which something is touched.
fn groups_of(found: &Found, wave: &Wave) -> Vec<String> {
    let touched = wave.back_down.iter().chain(&wave.down).filter_map(|action| match action {
        Action::Disable { resource, .. }
        | Action::Monitor { resource, .. }
        | Action::Enable { resource, .. } => found.resource(resource).map(|r| r.group.clone()),
        Action::Offline { group, .. }
        | Action::Online { group, .. }
        | Action::Unmanage { group, .. }
        | Action::Manage { group, .. } => Some(group.clone()),
    });
    let mut all: Vec<String> = wave.moves.iter().map(|m| m.group.clone()).chain(touched).collect();
    all.sort();
    all.dedup();
    all
}

/// One wave for each group; groups of which the same resources are disturbed are one.
fn waves(found: &Found, moves: &[Move]) -> Vec<Wave> {
    let names: Vec<String> = moves.iter().map(|m| m.resource.clone()).collect();
    let mut sets: Vec<Vec<String>> = Vec::new();
    for resource in found.in_order(&names) {
        let one = vec![resource.group.clone()];
        if !sets.contains(&one) {
            sets.push(one);
        }
    }
    loop {
        let waves: Vec<Wave> = sets.iter().map(|groups| wave(found, groups, moves)).collect();
        let touched: Vec<Vec<String>> = waves.iter().map(|w| groups_of(found, w)).collect();
        let meets = |a: usize, b: usize| touched[a].iter().any(|g| touched[b].contains(g));
        let pairs = (0..sets.len()).flat_map(|a| (a + 1..sets.len()).map(move |b| (a, b)));
        match pairs.into_iter().find(|(a, b)| meets(*a, *b)) {
            Some((a, b)) => {
                let more = sets.remove(b);
                sets[a].extend(more);
            }
            None => return waves,
        }
    }
}

fn wave(found: &Found, groups: &[String], moves: &[Move]) -> Wave {
    let own: Vec<&Move> = moves.iter().filter(|m| groups.contains(&m.group)).collect();
    let names: Vec<String> = own.iter().map(|m| m.resource.clone()).collect();
    let ordered: Vec<Move> = found
        .in_order(&names)
        .into_iter()
        .flat_map(|r| own.iter().filter(|m| m.resource == r.name).map(|m| (*m).clone()))
        .collect();

    let needs = |of: &dyn Fn(&Move) -> Tunability| -> Vec<(String, Tunability)> {
        ordered.iter().map(|m| (m.resource.clone(), of(m))).collect()
    };
    let down = lowered(found, &needs(&Move::needs));
    let back_down = lowered(found, &needs(&|m| m.back.when()));
    let both: Vec<Action> =
        back_down.iter().chain(down.iter().filter(|a| !back_down.contains(a))).cloned().collect();
    let watched = made_again(found, &ordered);
    let with_monitors = |mut up: Vec<Action>| {
        let at = up.iter().position(|a| matches!(a, Action::Enable { .. })).unwrap_or(up.len());
        let new: Vec<Action> = watched.iter().filter(|a| !up.contains(a)).cloned().collect();
        up.splice(at..at, new);
        up
    };

    let mut nodes: Vec<NodeName> = Vec::new();
    for group in found.groups.iter().filter(|g| groups.contains(&g.name)) {
        nodes
            .extend(group.nodes.iter().filter(|n| !nodes.contains(n)).cloned().collect::<Vec<_>>());
    }
    Wave {
        name: groups.first().cloned().unwrap_or_default(),
        nodes,
        up: with_monitors(restored(found, &down)),
        restore: with_monitors(restored(found, &both)),
        outage: outage(found, &down),
        back_outage: outage(found, &back_down),
        down,
        moves: ordered,
        back_down,
    }
}

/// What is made again is watched as it was.
fn made_again(found: &Found, moves: &[Move]) -> Vec<Action> {
    let again = moves.iter().filter(|m| m.again).filter_map(|m| found.resource(&m.resource));
    again.map(|r| Action::Monitor { resource: r.name.clone(), on: r.monitored }).collect()
}
