//! The names in a fault: a fault about something that the lab has not would wait for ever and look
//! like a service that works. Whether a path exists is not asked: it may come later.

use super::{Cluster, Fault, program_names};

/// What a fault names that neither is in this lab nor comes with its profile, and what there is.
pub fn unknown_name(fault: &Fault, cluster: &Cluster) -> Option<String> {
    let hosts = || cluster.hosts.keys().map(ToString::to_string).collect::<Vec<_>>();
    let groups = || {
        let made = cluster.groups.iter().map(|group| group.name.clone());
        known(made, &cluster.site.foreseen.groups)
    };
    let resources = || {
        let made = cluster.resources.iter().map(|resource| resource.name.clone());
        known(made, &cluster.site.foreseen.resources)
    };
    let on = |host: &str| missing("host", host, &hosts());

    match fault {
        Fault::Call { program, host, .. } => {
            let on = host.as_ref().and_then(|host| on(host.as_str()));
            let names = || program_names().into_iter().map(str::to_owned).collect::<Vec<_>>();
            on.or_else(|| missing("program", program, &names()))
        }
        Fault::StartFails { resource, host } => missing("resource", resource, &resources())
            .or_else(|| host.as_ref().and_then(|host| on(host.as_str()))),
        Fault::StopFails { resource }
        | Fault::ValidateRefuses { resource, .. }
        | Fault::StaysStopping { resource } => missing("resource", resource, &resources()),
        Fault::StaysPending { group } => missing("group", group, &groups()),
        Fault::StateReads { of, .. } => {
            missing("group or resource", of, &[groups(), resources()].concat())
        }
        Fault::AddressTaken { address } => {
            missing("logical host", address, &cluster.site.foreseen.addresses)
        }
        Fault::DiskFull { host, .. } => on(host.as_str()),
        Fault::ManagerPassword { .. } => None,
    }
}

/// What was made and what the profile will make, each once.
fn known(made: impl Iterator<Item = String>, foreseen: &[String]) -> Vec<String> {
    let mut all = foreseen.to_vec();
    all.extend(made.filter(|name| !foreseen.contains(name)));
    all
}

/// That the lab has no such thing. Where it knows of none at all, an earlier calha made it, and
/// nothing is said.
fn missing(kind: &str, name: &str, known: &[String]) -> Option<String> {
    let is_there = known.is_empty() || known.iter().any(|own| own == name);
    let has = known.join(", ");
    (!is_there).then(|| format!("{name}: no such {kind} in this lab\n  hint: it has {has}"))
}
