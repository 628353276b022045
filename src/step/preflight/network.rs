//! Looks whether a node can carry the logical host: groups of adapters, and ports that nothing
//! listens on. Where `scstat -i` does not answer, the groups are "not checked". Whether the name
//! resolves is looked at in `preflight` itself.

use crate::cluster::{Multipathing, queries};
use crate::node::{Command, HostError, Inspect, NodeName};
use crate::op::Check;
use crate::problem::{Problem, codes};
use crate::step::{Asked, Guard, Seen, Site};

/// Nothing listens on the ports of the instance, and nothing answers at its address; once it has
/// begun, its own service may.
pub(super) fn free(site: &Site, asked: &Asked) -> Vec<Guard> {
    let (instance, host) = (&site.instance, &site.instance.logical_host);
    let listens = |socket: String| Check::Words {
        command: Command::new("/usr/bin/netstat", ["-an"]),
        words: vec![socket, "LISTEN".into()],
    };
    let port = instance.port;
    let taken = [format!("*.{port}"), format!("{}.{port}", host.address)].map(listens);
    let mut all = vec![
        Guard::new(
            codes::PREFLIGHT_PORT_TAKEN,
            asked.clone(),
            Check::Any(taken.into()),
            format!("something listens on port {port} already"),
        )
        .hint(
            format!(
                "stop it, or give the instance another port than {port} (instance.{}.port)",
                instance.name
            ),
            "6.2",
        ),
    ];

    // The watchers of instances that are there already listen on ports of their own.
    all.extend(instance.watcher_port.map(|port| {
        Guard::new(
            codes::PREFLIGHT_PORT_TAKEN,
            asked.clone(),
            listens(format!("*.{port}")),
            format!("something listens on *.{port} already, the port for the watcher"),
        )
        .hint(
            format!("give the instance another one (instance.{}.watcher-port)", instance.name),
            "6.7, E70",
        )
    }));

    let ping = Command::new("/usr/sbin/ping", [host.name.as_str(), "1"]);
    let answers = Check::Says { command: ping, text: "is alive".into() };
    all.push(
        Guard::new(
            codes::PREFLIGHT_ADDRESS_TAKEN,
            asked.clone(),
            answers,
            format!("{} ({}) answers already", host.name, host.address),
        )
        .hint("give the logical host an address that nothing uses", "6.2"),
    );
    all.into_iter().map(Guard::only_fresh).collect()
}

/// The groups of adapters over which the logical host can be brought up on this node
/// (LogicalHostname(5)).
pub(super) fn adapters(
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
