//! Looks whether a node can carry the logical host: groups of adapters, and ports that nothing
//! listens on. Where `scstat -i` does not answer, the groups are "not checked". Whether the name
//! resolves is looked at in `preflight` itself.

use crate::cluster::{Multipathing, queries};
use crate::node::{Command, HostError, Inspect, NodeName};
use crate::problem::{Problem, codes};
use crate::step::{Seen, Site, query};

/// Adapters for the logical host, and a port that nothing listens on.
///
/// `begun`: our own service may listen on the logical address already.
pub(super) fn network(
    site: &Site,
    node: &NodeName,
    host: &dyn Inspect,
    begun: bool,
    seen: &mut Seen,
) -> Result<(), HostError> {
    adapters(site, node, host, seen)?;

    let port = site.instance.port;
    let address = site.instance.logical_host.address;
    let everywhere = format!("*.{port}");
    let here = format!("{address}.{port}");
    let sockets = query::lines(host, &Command::new("/usr/bin/netstat", ["-an"]))?;
    let taken = sockets
        .iter()
        .filter(|l| l.ends_with("LISTEN"))
        .filter_map(|l| l.split_whitespace().next());
    let taken: Vec<&str> = taken.collect();

    // The watchers of instances that are there already listen on ports of their own.
    let watcher = site.instance.watcher_port.map(|port| format!("*.{port}")).filter(|_| !begun);
    if let Some(socket) = taken.iter().find(|s| watcher.as_deref() == Some(**s)) {
        seen.problems.push(
            Problem::new(
                codes::PREFLIGHT_PORT_TAKEN,
                format!("something listens on {socket} already, the port for the watcher"),
            )
            .on(node.as_str())
            .hint(format!(
                "give the instance another one (instance.{}.watcher-port)",
                site.instance.name
            ))
            .section("6.7, E70"),
        );
    }

    if let Some(socket) = taken.into_iter().find(|s| !begun && (*s == everywhere || *s == here)) {
        seen.problems.push(
            Problem::new(
                codes::PREFLIGHT_PORT_TAKEN,
                format!("something listens on {socket} already"),
            )
            .on(node.as_str())
            .hint(format!(
                "stop it, or give the instance another port than {port} (instance.{}.port)",
                site.instance.name
            ))
            .section("6.2"),
        );
    }
    Ok(())
}

/// The groups of adapters over which the logical host can be brought up on this node
/// (LogicalHostname(5)).
fn adapters(
    site: &Site,
    node: &NodeName,
    host: &dyn Inspect,
    seen: &mut Seen,
) -> Result<(), HostError> {
    let output = host.query(&queries::adapters())?;
    if !output.success() {
        // Sun Cluster 3.0 has NAFO groups, and no such option.
        seen.facts
            .push(format!("{node}: not checked: groups of adapters (scstat -i does not answer)"));
        return Ok(());
    }

    let rows = Multipathing::parse(&output.text());
    let own: Vec<&Multipathing> = rows.iter().filter(|r| r.node == node.as_str()).collect();
    let list = site.instance.logical_host.netiflist.as_deref().unwrap_or_default();

    for wanted in list
        .split(',')
        .filter_map(|item| item.split_once('@'))
        .filter(|(_, at)| *at == node.as_str())
        .map(|(g, _)| g)
    {
        if !own.iter().any(|r| r.group == wanted) {
            let known: Vec<&str> = own.iter().map(|r| r.group.as_str()).collect();
            seen.problems.push(
                Problem::new(
                    codes::PREFLIGHT_ADAPTERS,
                    format!("there is no group of adapters {wanted} on this node"),
                )
                .on(node.as_str())
                .hint(format!(
                    "correct netiflist in the profile; scstat -i lists: {}",
                    known.join(", ")
                ))
                .section("6.2"),
            );
        }
    }

    match own.iter().find(|r| r.online) {
        Some(row) => seen.facts.push(format!("{node}: group of adapters {} is online", row.group)),
        None => seen.notices.push(
            Problem::new(codes::PREFLIGHT_ADAPTERS, "no group of adapters is online on this node")
                .on(node.as_str())
                .hint("the logical host needs one for its subnet: see scstat -i and in.mpathd(1M)")
                .section("6.2"),
        ),
    }
    Ok(())
}
