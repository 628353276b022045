//! Finds what would fail half way through, before the first change, and tells all findings
//! together. It only looks. A subject that needs more than one question has a file of its own;
//! what a single step depends on is in the looks and guards of that step.

mod accounts;
mod devices;
mod members;
mod network;
mod roots;
mod spare;

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use accounts::accounts;
use devices::{device_group, devices, mounted_elsewhere};
use members::members;
use network::network;
use roots::roots;
use spare::spare;

use super::{Citation, LookContext, Scope, Seen, Site, Step, StepKind, Views, query};
use crate::node::{Command, HostError, Inspect, NodeName};
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
}

fn examine(sites: &[Site], at: &LookContext<'_>) -> Result<Seen, HostError> {
    let LookContext { hosts, node: only, .. } = *at;
    let mut seen = Seen::default();
    let Some(first) = sites.first() else { return Ok(seen) };
    for node in first.members().iter().filter(|n| only.is_none_or(|o| o == *n)) {
        let Some(host) = hosts.get(node) else { continue };
        seen.and(one_node(first, node, *host)?);
        accounts(first, node, *host, &mut seen)?;
    }
    if let [only_one] = sites {
        seen.and(of_instance(only_one, at)?);
    }
    roots(sites, hosts, only, &mut seen)?;
    spare(sites, hosts, only, &mut seen)?;
    Ok(seen)
}

fn of_instance(site: &Site, at: &LookContext<'_>) -> Result<Seen, HostError> {
    let LookContext { hosts, node: only, begun } = *at;
    let mut seen = Seen::default();
    for node in site.nodes().iter().filter(|n| only.is_none_or(|o| o == *n)) {
        if let Some(host) = hosts.get(node) {
            seen.and(one_instance(site, node, *host, begun)?);
        }
    }
    seen.and(names(site, hosts, only)?);
    Ok(seen)
}

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
            .hint("make /etc/hosts or the name service and the profile agree, on every node"),
        );
    }
    Ok(seen)
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
    if !host.query(&Command::new("/usr/bin/pkginfo", ["-q", "SUNWscics"]))?.success() {
        seen.problems.push(
            problem(
                codes::PREFLIGHT_AGENT,
                "the agent SUNWscics is not installed".into(),
                "install it from the Java ES media, not from those of Calendar Server 6.3 (bug \
                 6560681)"
                    .into(),
            )
            .section("6.3, E09"),
        );
    }
    Ok(seen)
}

/// What an instance needs on a node.
fn one_instance(
    site: &Site,
    node: &NodeName,
    host: &dyn Inspect,
    begun: bool,
) -> Result<Seen, HostError> {
    let mut seen = Seen::default();
    let problem = |code: Code, what: String, hint: String| {
        Problem::new(code, what).on(node.as_str()).hint(hint).section("6.2")
    };

    for system in site.file_systems() {
        devices(system, node, host, &mut seen)?;
        device_group(site, system, node, host, &mut seen)?;
    }

    network(site, node, host, begun, &mut seen)?;

    if !begun {
        let pinged = host.query(&Command::new(
            "/usr/sbin/ping",
            [site.instance.logical_host.name.as_str(), "1"],
        ))?;
        if pinged.text().contains("is alive") {
            seen.problems.push(problem(
                codes::PREFLIGHT_ADDRESS_TAKEN,
                format!(
                    "{} ({}) answers already",
                    site.instance.logical_host.name, site.instance.logical_host.address
                ),
                "give the logical host an address that nothing uses".into(),
            ));
        }

        for system in site.file_systems() {
            if let Some(line) = mounted_elsewhere(system, host)? {
                seen.problems.push(problem(
                    codes::PREFLIGHT_MOUNTED,
                    format!("something else is mounted on {}: {line}", system.mount_point),
                    "unmount it, or choose another directory".into(),
                ));
            }
        }
    }
    Ok(seen)
}
