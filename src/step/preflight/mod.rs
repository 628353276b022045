//! Finds what would fail half way through, before the first change, and tells all findings
//! together. It only looks. A subject that needs more than one question has a file of its own;
//! what a single step depends on is in the looks and guards of that step.

mod accounts;
mod devices;
mod members;
mod mirrors;
mod network;
mod roots;
mod spare;

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use accounts::accounts;
use devices::{by_hand, device_group, elsewhere};
pub(super) use devices::{devices, mounted};
use members::members;
use mirrors::mirrors;
use network::{adapters, free};
use roots::roots;
use spare::spare;

use super::agent::AGENT;
use super::{
    Asked, Citation, Comparison, Guard, LookContext, Scope, Seen, Site, Step, StepKind, Views,
    Weight, query,
};
use crate::cluster::{REGISTRATION_FILES, queries};
use crate::node::{Command, HostError, Inspect, NodeName, NodePath};
use crate::op::Check;
use crate::problem::{Code, Problem, codes};

/// Everything that must be so before the first change, all findings together.
pub fn preflight(sites: &[Site]) -> Step {
    let look = sites.to_vec();
    let members = sites.first().map(Site::members).unwrap_or_default();
    Step::new(
        StepKind::Preflight,
        "prerequisites of every node",
        Citation { section: "6.2", errata: &["E09", "E28", "E71"] },
        Scope::EachNode(members),
        "What would fail half way through is better found before anything is changed.",
    )
    .passing()
    .looking_early(Box::new(move |at| examine(&look, at)))
    .guarded(guards(sites))
    .comparing(compared(sites))
}

/// The same for what one instance among several needs of its nodes, so that one can be added while
/// others run.
pub fn prerequisites(site: &Site) -> Step {
    let look = site.clone();
    Step::new(
        StepKind::Prerequisites,
        format!("prerequisites of {} on its nodes", site.instance.name),
        Citation { section: "6.2", errata: &["E70"] },
        Scope::EachNode(site.nodes()),
        "What would fail half way through is better found before anything is changed.",
    )
    .passing()
    .looking_early(Box::new(move |at| of_instance(&look, at)))
    .guarded(guards_of_instance(site))
}

/// What a printed script leaves to its reader.
fn compared(sites: &[Site]) -> Vec<Comparison> {
    let mut all = vec![
        Comparison::new(queries::release(), "3.0 5/02 or later"),
        Comparison::new(queries::quorum(), "more votes are present than are needed"),
        Comparison::new(queries::nodes(), "every node of the profile"),
        Comparison::new(queries::adapters(), "a group of adapters is online on this node"),
        Comparison::new(queries::device_groups(), "the device group can go to every node"),
        Comparison::new(
            Command::new("/usr/sbin/prtconf", [""; 0]),
            "as much memory as the other nodes have",
        ),
    ];
    all.extend(sites.iter().flat_map(mirrors::compared));
    all
}

/// What keeps data whole, or fails half way, on every member; printed scripts ask it as well.
fn guards(sites: &[Site]) -> Vec<Guard> {
    let Some(first) = sites.first() else { return Vec::new() };
    let asked = Asked::Each(first.members());
    let agent = Check::Succeeds(Command::new("/usr/bin/pkginfo", ["-q", AGENT]));
    let agent = Guard::new(
        codes::PREFLIGHT_AGENT,
        asked.clone(),
        agent.negated(),
        "the agent SUNWscics is not installed",
    )
    .weighing(Weight::Says)
    .hint("the step \"agent\" has somebody install it, before anything needs it", "6.3, E09");

    let mut all: Vec<Guard> = first.members().iter().flat_map(members::guards).collect();
    let mut written = vec!["/", "/var"];
    written.extend(sites.iter().map(|site| site.instance.install_root.as_str()));
    written.dedup();
    all.extend([agent, storage_plus(&asked), has_room(&asked, &written)]);
    all.extend(accounts(first, &asked));
    if let [only_one] = sites {
        all.extend(guards_of_instance(only_one));
    }
    all
}

/// A release that does not tell its update may be from before HAStoragePlus: then its registration
/// file says more.
fn storage_plus(asked: &Asked) -> Guard {
    let name = "SUNW.HAStoragePlus";
    let file = |directory: &str| {
        let directory = NodePath::new(directory).expect("a fixed path");
        Check::Exists(directory.join(name))
    };
    let mut there: Vec<Check> = REGISTRATION_FILES.into_iter().map(file).collect();
    let command = queries::registered_types();
    there.push(Check::Versions { command, name: name.into(), least: 1 });
    Guard::new(
        codes::PREFLIGHT_STORAGE_PLUS,
        asked.clone(),
        Check::Any(there).negated(),
        format!(
            "no registration file of {name} is on this node; it begins with Sun Cluster 3.0 5/02"
        ),
    )
    .weighing(Weight::Asks)
    .showing(queries::release())
    .hint("see which update it is: scinstall -pv", "6.2.1, E02")
}

/// A file system with one of these directories is full: what is written there would be cut off half
/// way. df(1M) says 100% where what is left is for the superuser alone.
pub(super) fn has_room(asked: &Asked, directories: &[&str]) -> Guard {
    let words = ["-k"].iter().chain(directories);
    let df = Command::new("/usr/sbin/df", words.copied());
    let full = Check::Says { command: df, text: " 100% ".into() };
    Guard::new(codes::PREFLIGHT_ROOM, asked.clone(), full, "a file system is full")
        .evident()
        .hint("make room on the one that is 100% full, du -kd shows what takes it", "6.2")
}

/// The same of an instance on its nodes.
fn guards_of_instance(site: &Site) -> Vec<Guard> {
    let asked = Asked::Each(site.nodes());
    let mut all = Vec::new();
    for system in site.file_systems() {
        all.extend(devices(system, &asked));
        all.push(mounted(system, &asked));
        all.push(elsewhere(system, &asked));
        all.extend(site.nodes().iter().filter_map(|node| by_hand(site, system, node)));
    }
    all.extend(resolves(site, &asked));
    all.extend(roots::guards(site));
    all.extend(free(site, &asked));
    all
}

fn examine(sites: &[Site], at: &LookContext<'_>) -> Result<Seen, HostError> {
    let LookContext { hosts, node: only, .. } = *at;
    let mut seen = Seen::default();
    let Some(first) = sites.first() else { return Ok(seen) };
    for node in first.members().iter().filter(|n| only.is_none_or(|o| o == *n)) {
        let Some(host) = hosts.get(node) else { continue };
        seen.and(one_node(first, node, *host)?);
    }
    if let [only_one] = sites {
        seen.and(of_instance(only_one, at)?);
    }
    roots(sites, hosts, only, &mut seen)?;
    spare(sites, hosts, only, &mut seen)?;
    Ok(seen)
}

fn of_instance(site: &Site, at: &LookContext<'_>) -> Result<Seen, HostError> {
    let LookContext { hosts, node: only, .. } = *at;
    let mut seen = Seen::default();
    for node in site.nodes().iter().filter(|n| only.is_none_or(|o| o == *n)) {
        if let Some(host) = hosts.get(node) {
            seen.and(one_instance(site, node, *host)?);
        }
    }
    seen.and(names(site, hosts, only)?);
    Ok(seen)
}

const AGREE: &str = "make /etc/hosts or the name service and the profile agree, on every node";

/// The logical host resolves to its address on every node that may carry it.
fn names(site: &Site, hosts: &Views<'_>, only: Option<&NodeName>) -> Result<Seen, HostError> {
    let mut seen = Seen::default();
    let mut addresses: BTreeMap<NodeName, String> = BTreeMap::new();
    let wanted = site.instance.logical_host.address.to_string();

    for node in site.nodes() {
        let Some(host) = hosts.get(&node) else { continue };
        let about = only.is_none_or(|o| *o == node);
        let host_name = &site.instance.logical_host.name;
        let entries = query::lines(*host, &Command::new("/usr/bin/getent", ["hosts", host_name]))?;

        // There may be several, and addresses of IPv6 among them.
        let found: Vec<&str> = entries.iter().filter_map(|e| e.split_whitespace().next()).collect();
        let four = found.iter().find(|a| a.parse::<Ipv4Addr>().is_ok());
        if let Some(address) = found.iter().find(|a| **a == wanted).or(four).or(found.first()) {
            addresses.insert(node.clone(), (*address).to_owned());
        } else if about {
            seen.problems.push(
                Problem::new(
                    codes::PREFLIGHT_HOST_NAME,
                    format!("the logical host {host_name} does not resolve"),
                )
                .on(node.as_str())
                .hint(format!(
                    "add \"{} {host_name}\" to /etc/hosts on every node",
                    site.instance.logical_host.address
                ))
                .section("6.2"),
            );
        }
    }

    for (node, address) in
        addresses.iter().filter(|(n, a)| **a != wanted && only.is_none_or(|o| o == *n))
    {
        seen.problems.push(
            Problem::new(
                codes::PREFLIGHT_HOST_ADDRESS,
                format!(
                    "{} resolves to {address}; the profile says {wanted}",
                    site.instance.logical_host.name
                ),
            )
            .on(node.as_str())
            .hint(AGREE),
        );
    }
    Ok(seen)
}

/// The same as a printed script asks it on each node.
fn resolves(site: &Site, asked: &Asked) -> [Guard; 2] {
    let host = &site.instance.logical_host;
    let command = Command::new("/usr/bin/getent", ["hosts", host.name.as_str()]);
    let known = Check::Other { command: command.clone(), than: Vec::new() };
    let (address, words) = (host.address, vec![host.address.to_string()]);
    let right = Check::Words { command: command.clone(), words };

    let guard = |code: Code, wrong: Check, what: String| {
        Guard::new(code, asked.clone(), wrong, what).weighing(Weight::Look)
    };
    let unknown = guard(
        codes::PREFLIGHT_HOST_NAME,
        known.clone().negated(),
        format!("the logical host {} does not resolve", host.name),
    );
    let other = guard(
        codes::PREFLIGHT_HOST_ADDRESS,
        Check::All(vec![known, right.negated()]),
        format!("{} should resolve to {address}, as the profile says", host.name),
    );
    let hint = format!("add \"{address} {}\" to /etc/hosts on every node", host.name);
    [unknown.hint(hint, "6.2"), other.showing(command).hint(AGREE, "6.2")]
}

fn one_node(site: &Site, node: &NodeName, host: &dyn Inspect) -> Result<Seen, HostError> {
    let mut seen = Seen::default();
    let problem = |code: Code, what: String, hint: String| {
        Problem::new(code, what).on(node.as_str()).hint(hint).section("6.2")
    };

    let id = query::first_line(host, &Command::new("/usr/bin/id", [""; 0]))?.unwrap_or_default();
    if id.starts_with("uid=0(") {
        seen.facts.push(format!("{node}: superuser"));
    } else {
        seen.problems.push(problem(
            codes::PREFLIGHT_SUPERUSER,
            format!("the shell does not run as the superuser: {id}"),
            "connect as root, or through a command that becomes root".into(),
        ));
    }

    let release =
        query::first_line(host, &Command::new("/usr/bin/uname", ["-sr"]))?.unwrap_or_default();
    if release.starts_with("SunOS 5.") {
        seen.facts.push(format!("{node}: {release}"));
    } else {
        seen.problems.push(problem(
            codes::PREFLIGHT_SYSTEM,
            format!("not a Solaris system: {release}"),
            "check the connection of this node in the profile".into(),
        ));
    }

    members(site, node, host, &mut seen)?;
    Ok(seen)
}

/// What an instance needs on a node.
fn one_instance(site: &Site, node: &NodeName, host: &dyn Inspect) -> Result<Seen, HostError> {
    let mut seen = Seen::default();
    for system in site.file_systems() {
        device_group(site, system, node, host, &mut seen)?;
    }
    mirrors(site, node, host, &mut seen)?;
    adapters(site, node, host, &mut seen)?;
    Ok(seen)
}
