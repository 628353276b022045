//! syslogd of a node: where a message goes. A change of syslog.conf counts only once syslogd has
//! been told to read it; until then it goes by what it read last.

use super::clock::stamp;
use super::world::World;
use crate::node::NodeName;

/// Severities, the worst first (syslog(3C)).
const LEVELS: [&str; 8] = ["emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"];

/// An agent's message, written wherever syslogd was told to (scds_syslog(3HA)). Debug messages only
/// while the type's loglevel is above 0.
pub(crate) fn agent_says(
    world: &mut World<'_>,
    node: &NodeName,
    tag: &str,
    id: u32,
    level: &str,
    text: &str,
) {
    if level == "debug" {
        let chosen = world.files(node).text("/var/cluster/rgm/rt/SUNW.scics/loglevel");
        if chosen.trim().parse::<u32>().unwrap_or(0) == 0 {
            return;
        }
    }

    daemon_says(world, node, tag, id, level, text);
}

/// A message of a daemon, written wherever syslogd was told to.
pub(crate) fn daemon_says(
    world: &mut World<'_>,
    node: &NodeName,
    tag: &str,
    id: u32,
    level: &str,
    text: &str,
) {
    let clock = world.cluster.clock;
    let Some(rules) = world.cluster.hosts.get(node).map(|m| m.syslogd.clone()) else { return };
    for rule in rules.lines().filter(|l| !l.starts_with('#')) {
        // Without a TAB syslogd takes the line for no entry.
        let Some((selectors, file)) = rule.split_once('\t').map(|(s, f)| (s, f.trim())) else {
            continue;
        };
        let selected = selectors.split(';').any(|s| is_selected(s, level));
        let mut files = world.files(node);
        if selected && file.starts_with("/var/") && files.is_file(file) {
            let known = files.text(file);
            let shown = if level == "err" { "error" } else { level };
            let line = format!(
                "{} {node} {tag}: [ID {id} daemon.{shown}] {text}\n",
                stamp(clock, "%b %e %H:%M:%S")
            );
            // A disk that is full loses messages and stops nobody.
            let _ = files.overwrite(file, format!("{known}{line}").as_bytes());
        }
    }
}

fn is_selected(selector: &str, level: &str) -> bool {
    let Some((facility, lowest)) = selector.split_once('.') else { return false };
    let rank = |l: &str| LEVELS.iter().position(|x| *x == l);
    let severe = matches!((rank(lowest), rank(level)), (Some(l), Some(is)) if is <= l);
    matches!(facility, "daemon" | "*") && severe
}
