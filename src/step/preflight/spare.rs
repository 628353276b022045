//! Looks whether a node on standby for several instances may be able to run them all at once
//! (6.1.3). How much an instance needs only its administrator knows, so memory is compared and
//! shown, and never in the way. The packages of such a node are `spare_software`'s.

use crate::node::{Command, HostError, Inspect, NodeName};
use crate::problem::{Problem, codes};
use crate::step::{Seen, Site, Views, query};

/// Says for which instances a node is on standby, and compares its memory with their own nodes'.
pub(super) fn spare(
    sites: &[Site],
    hosts: &Views<'_>,
    only: Option<&NodeName>,
    seen: &mut Seen,
) -> Result<(), HostError> {
    let Some(first) = sites.first() else { return Ok(()) };
    for node in first.members().iter().filter(|n| only.is_none_or(|o| o == *n)) {
        let served: Vec<&Site> = sites.iter().filter(|s| s.secondary() == *node).collect();
        let Some(host) = hosts.get(node).filter(|_| served.len() > 1) else { continue };

        let names: Vec<&str> = served.iter().map(|s| s.instance.name.as_str()).collect();
        seen.facts.push(format!(
            "{node}: on standby for {}; it must be able to run them all at once",
            names.join(", ")
        ));
        let Some(here) = memory(*host)? else {
            seen.facts.push(format!("{node}: not checked: memory (prtconf does not say)"));
            continue;
        };

        let mut active = Vec::new();
        for site in served {
            let there = site.primary();
            if let Some(size) = hosts.get(&there).map(|h| memory(*h)).transpose()?.flatten() {
                active.push((there, size));
            }
        }

        seen.facts.push(format!("{node}: {here} megabytes of memory"));
        if let Some((other, size)) =
            active.iter().max_by_key(|(_, size)| *size).filter(|(_, size)| *size > here)
        {
            seen.notices.push(
                Problem::new(
                    codes::PREFLIGHT_SPARE_MEMORY,
                    format!("{here} megabytes of memory; {other} alone has {size}"),
                )
                .on(node.as_str())
                .hint(
                    "after several failures it runs several instances: see that its memory is \
                     enough for them",
                )
                .section("6.1.3"),
            );
        }
    }
    Ok(())
}

/// Megabytes of memory by prtconf(1M).
fn memory(host: &dyn Inspect) -> Result<Option<u64>, HostError> {
    let lines = query::lines(host, &Command::new("/usr/sbin/prtconf", [""; 0]))?;
    Ok(lines.iter().find_map(|l| {
        l.strip_prefix("Memory size:")?.trim().strip_suffix("Megabytes")?.trim().parse().ok()
    }))
}
