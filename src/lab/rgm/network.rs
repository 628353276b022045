//! Host names and logical addresses, by each node's own /etc/hosts. An address is up where its
//! resource is started; no interface of this machine is touched.

use std::net::Ipv4Addr;

use crate::lab::Fault;
use crate::lab::rgm::agent::Agent;
use crate::lab::world::World;
use crate::node::NodeName;

/// The address of a host name by the host's own /etc/hosts.
pub(crate) fn resolve(world: &mut World<'_>, on: &NodeName, name: &str) -> Option<Ipv4Addr> {
    if let Ok(address) = name.parse() {
        return Some(address);
    }
    let text = world.files(on).text("/etc/hosts");
    text.lines().find_map(|line| {
        let mut words = line.split('#').next().unwrap_or("").split_whitespace();
        let address: Ipv4Addr = words.next()?.parse().ok()?;
        words.any(|w| w.eq_ignore_ascii_case(name)).then_some(address)
    })
}

/// Whether a machine that is not of the lab answers on the address.
pub(crate) fn is_taken(world: &mut World<'_>, on: &NodeName, address: Ipv4Addr) -> bool {
    let of_fault = |fault: &Fault| match fault {
        Fault::AddressTaken { address } => Some(address.clone()),
        _ => None,
    };
    let taken: Vec<String> = world.cluster.faults.iter().filter_map(of_fault).collect();
    taken.iter().any(|name| resolve(world, on, name) == Some(address))
}

/// Logical addresses that are up on a host.
pub(crate) fn addresses_up(world: &mut World<'_>, host: &NodeName) -> Vec<Ipv4Addr> {
    let names: Vec<String> = world
        .cluster
        .resources
        .iter()
        .filter(|r| Agent::of(&r.type_name).is_network() && r.state(host).is_started())
        .flat_map(|r| r.extension("HostnameList").to_vec())
        .collect();
    names.iter().filter_map(|n| resolve(world, host, n)).collect()
}
