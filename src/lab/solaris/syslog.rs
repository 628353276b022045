//! syslogd of the lab: what it was last told to read, and what agents have it write. A change of
//! syslog.conf counts only once syslogd has been told to read it. Other daemons are not simulated.

use crate::lab::calendar::configurator::stamp;
use crate::lab::call::Call;
use crate::lab::getopt::getopt;
use crate::lab::refusal::Refusal;
use crate::lab::world::World;
use crate::node::NodeName;

/// pkill(1), for syslogd only.
pub(crate) fn pkill(call: &mut Call<'_>) -> Result<(), Refusal> {
    let words: Vec<&str> = call.args.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["-HUP" | "-1", "syslogd"] => read_again(call),
        _ => return Err(Refusal::new(1, "the lab knows pkill -HUP syslogd only")),
    }
    Ok(())
}

/// svcadm(1M) of Solaris 10, for system-log only.
pub(crate) fn svcadm(call: &mut Call<'_>) -> Result<(), Refusal> {
    let given = getopt(&call.args, "v", "svcadm refresh|restart fmri")?;
    let words: Vec<&str> = given.operands.iter().map(String::as_str).collect();
    match words.as_slice() {
        [
            "refresh" | "restart",
            "system-log" | "system/system-log" | "svc:/system/system-log:default",
        ] => read_again(call),
        [_, other] => {
            return Err(Refusal::new(
                1,
                format!("svcadm: Pattern '{other}' doesn't match any instances"),
            ));
        }
        _ => return Err(Refusal::usage("svcadm refresh|restart fmri")),
    }
    Ok(())
}

fn read_again(call: &mut Call<'_>) {
    let text = call.files().text("/etc/syslog.conf");
    let host = call.host.clone();
    if let Some(machine) = call.world.cluster.hosts.get_mut(&host) {
        machine.syslogd = text;
    }
}

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
    matches!((facility, rank(lowest), rank(level)), ("daemon" | "*", Some(lowest), Some(level)) if level <= lowest)
}
