//! Compares the ports in ics.conf of instances that may run on the same node (6.1.2, E70). Two
//! servers may have one port as long as each listens on its own address, which is what
//! service.listenaddr is for; whether every daemon obeys that is not documented, so equal ports
//! are a notice. Only the watcher's is a problem, which listens on every address. Whether a port
//! is taken on a node is the preflight's question.

use super::{Seen, Site, Views, query};
use crate::document::{HaBlock, IcsConf};
use crate::node::HostError;
use crate::problem::{Problem, codes};
use crate::setting::Instance;

/// Ports that this instance and one that may run on the same node both name.
pub(super) fn ports(site: &Site, hosts: &Views<'_>) -> Result<Seen, HostError> {
    let mut seen = Seen::default();
    let Some(own) = configuration(&site.instance, hosts)? else { return Ok(seen) };

    for other in site.neighbours() {
        let Some(theirs) = configuration(other, hosts)? else { continue };
        // Without its block it is not started by the cluster, and has the ports of the
        // configurator.
        if theirs.value("local.server.ha.enabled") != Some(b"yes".as_slice()) {
            continue;
        }

        let same = |name: &str| {
            own.value(name).is_some_and(|v| !v.is_empty() && theirs.value(name) == Some(v))
        };
        let mut names: Vec<&str> =
            own.parameters().map(|p| p.name).filter(|n| n.ends_with(".port") && same(n)).collect();
        names.sort_unstable();
        names.dedup();

        let path = site.instance.directories.ics_conf();
        if names.contains(&"local.watcher.port") {
            seen.problems.push(
                Problem::new(
                    codes::PORTS_WATCHER,
                    format!("the watcher has the same port as that of {}", other.name),
                )
                .at(path.to_string())
                .hint("something after the block of calha sets local.watcher.port: take it out")
                .section("6.7, E70"),
            );
        }

        let rest: Vec<&str> = names.into_iter().filter(|n| *n != "local.watcher.port").collect();
        if !rest.is_empty() {
            seen.notices.push(
                Problem::new(
                    codes::PORTS_EQUAL,
                    format!("the same ports as those of {}: {}", other.name, rest.join(", ")),
                )
                .at(path.to_string())
                .hint(
                    "after a failover both run on one node, each on its own address \
                     (service.listenaddr); give one of them other ports where a daemon does not \
                     keep to it",
                )
                .section("6.7, E70"),
            );
        }
    }
    Ok(seen)
}

/// The instance's ics.conf, on whichever node it can be seen.
fn configuration(instance: &Instance, hosts: &Views<'_>) -> Result<Option<IcsConf>, HostError> {
    let path = instance.directories.ics_conf();
    for node in &instance.nodes {
        let Some(host) = hosts.get(node) else { continue };
        if host.mounted(&instance.share_dir)?
            && let Some(text) = query::text(*host, &path)?
            // Without its block it is one that an installation has left, or is still to be
            // configured: no server runs from it.
            && text.lines().any(|line| line == HaBlock::begins(&instance.name))
        {
            return Ok(Some(IcsConf::parse(text.as_bytes())));
        }
    }
    Ok(None)
}
