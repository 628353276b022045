//! Files that the configurator leaves on the node that it runs on, below /etc/opt (6.11:
//! watcher.cnf). Programs on a shared disk move without them, so both nodes are compared. What the
//! other one lacks somebody carries over, or says that it may be so; calha copies none of them.

use super::{Comparison, Doubt, Seen, Site, Views, query};
use crate::node::{Command, HostError};
use crate::problem::codes;

/// The directory, by the rule of 6.11; of a root outside /opt the rule is not known to hold.
fn listing(site: &Site) -> Command {
    let directory = format!("/etc{}/SUNWics5/config", site.instance.install_root);
    Command::new("/usr/bin/ls", [directory])
}

/// What a printed script leaves to its reader.
pub(super) fn compared(site: &Site) -> Vec<Comparison> {
    let shares = site.instance.shares_programs().then(|| listing(site));
    let says = |command| Comparison::new(command, "the same files on both nodes of the instance");
    shares.into_iter().map(says).collect()
}

/// What the second node lacks of what the first one has.
pub(super) fn lacking(site: &Site, hosts: &Views<'_>) -> Result<Seen, HostError> {
    let mut seen = Seen::default();
    let (first, second) = (site.primary(), site.secondary());
    let both = hosts.get(&first).zip(hosts.get(&second));
    let Some((there, here)) = both.filter(|_| site.instance.shares_programs()) else {
        return Ok(seen);
    };

    let listing = listing(site);
    let (there, here) = (query::lines(*there, &listing)?, query::lines(*here, &listing)?);
    let missing: Vec<String> = there.into_iter().filter(|file| !here.contains(file)).collect();
    if missing.is_empty() {
        return Ok(seen);
    }

    let directory = &listing.args[0];
    let below = directory.trim_start_matches('/');
    seen.doubts.push(Doubt {
        code: codes::LINKS_NODE_FILES,
        node: second,
        what: format!(
            "it lacks files of {directory} on {first}, which do not move with the disk; carry \
             them over: cd / && tar cf /tmp/files.tar {below} on {first}, cd / && tar xf \
             /tmp/files.tar here"
        ),
        found: missing.join(", "),
    });
    Ok(seen)
}
