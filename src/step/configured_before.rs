//! Looks for what a configuration would destroy or be misled by: one that stands already, data on
//! the shared file system, a state file of another instance. They find problems and doubts; running
//! the configurator is `configurator`'s.

use super::{LookContext, Seen, Site, Views};
use crate::node::{Command, Entry, HostError};
use crate::problem::{Problem, codes};
use crate::setting::RunMode;

/// A configuration that stands and was not made here would be destroyed.
pub(super) fn not_ours(site: &Site, at: &LookContext<'_>) -> Result<Seen, HostError> {
    let LookContext { hosts, node: only, begun } = *at;
    let mut seen = Seen::default();
    if begun {
        return Ok(seen);
    }

    let base = &site.instance.cal_svr_base;
    for (name, host) in
        hosts.iter().filter(|(n, _)| only.map_or(site.nodes().contains(n), |o| o == *n))
    {
        // Links to where this profile has its configuration hold nothing themselves: an
        // installation that was taken back leaves them.
        let ours = [
            (base.join("config"), &site.instance.directories.config),
            (base.join("data"), site.mount()),
        ];

        let mut there = Vec::new();
        for (path, target) in ours {
            match host.stat(&path)? {
                Entry::Missing => {}
                Entry::Link { target: to } if to == target.as_str() => {
                    seen.facts.push(format!("{name}: {path} leads to {to} already"));
                }
                entry => there.push(format!("{path} ({})", entry.describe())),
            }
        }

        if !there.is_empty() {
            seen.problems.push(
                Problem::new(
                    codes::CALENDAR_CONFIGURED,
                    format!(
                        "Calendar Server is configured already, not by this installation: {}",
                        there.join(", ")
                    ),
                )
                .on(name.as_str())
                .hint(
                    "the configurator would destroy that configuration; move it away if it is not \
                     needed, or use another install root and shared directory",
                )
                .section("6.6.3"),
            );
        }
    }
    Ok(seen)
}

/// What lies on the shared file system already: a configuration of another instance, or data of
/// whoever used it.
///
/// What the configurator makes of a database that it finds is documented nowhere, so nobody but its
/// owner may risk it.
pub(super) fn laden(site: &Site, at: &LookContext<'_>) -> Result<Seen, HostError> {
    let LookContext { hosts, node: only, begun } = *at;
    let mut seen = Seen::default();
    let Some((name, host)) = only.and_then(|n| hosts.get_key_value(n)).filter(|_| !begun) else {
        return Ok(seen);
    };

    let d = &site.instance.directories;
    let conf = d.ics_conf();
    if let Some(text) = super::query::text(*host, &conf)? {
        if text.contains(d.database.as_str()) {
            seen.notices.push(
                Problem::new(
                    codes::CALENDAR_LEFT,
                    format!("{conf} of an earlier installation is written anew"),
                )
                .on(name.as_str()),
            );
        } else {
            seen.problems.push(
                Problem::new(
                    codes::CALENDAR_CONFIGURED,
                    format!("{conf} is there, and configures something else than {}", d.database),
                )
                .on(name.as_str())
                .hint(
                    "the configurator would destroy that configuration; move it away if it is not \
                     needed",
                )
                .section("6.6.3"),
            );
        }
    }

    // The configurator makes these two empty, often below the database's own directory.
    let empty = [d.archive.file_name(), d.hotbackup.file_name()];
    let listed = super::query::lines(*host, &Command::new("/usr/bin/ls", [d.database.as_str()]))?;
    let files: Vec<&String> =
        listed.iter().filter(|f| !f.is_empty() && !empty.contains(&f.as_str())).collect();
    if let Some(first) = files.first() {
        seen.problems.push(
            Problem::new(
                codes::CALENDAR_DATA,
                format!("{} holds {first}; somebody's calendars may be in it", d.database),
            )
            .on(name.as_str())
            .hint(
                "back it up or move it away; when it may be lost, go on with --accept \
                 calendar.data",
            )
            .section("6.6.3"),
        );
    }
    Ok(seen)
}

/// A state file made for another instance would configure this one with that one's directories
/// (E14).
///
/// Its keys are the product's affair; that the values stand in it as text is all that is relied on.
pub(super) fn foreign_state(
    site: &Site,
    hosts: &Views<'_>,
    begun: bool,
) -> Result<Seen, HostError> {
    let mut seen = Seen::default();
    let (c, node) = (&site.settings.configurator, site.primary());
    let Some(host) = hosts.get(&node).filter(|_| c.mode == RunMode::Silent && !begun) else {
        return Ok(seen);
    };

    let Some(text) = super::query::text(*host, &c.state_file)? else {
        seen.problems.push(
            Problem::new(
                codes::CONFIGURATOR_STATE_MISSING,
                format!("there is no state file {}", c.state_file),
            )
            .on(node.as_str())
            .hint(
                "record one with csconfigurator.sh -saveState, put it there with mode 0600, or \
                 choose the mode \"attended\"",
            )
            .section("6.6.3, E32"),
        );
        return Ok(seen);
    };

    for other in site.settings.instances.iter().filter(|i| i.name != site.instance.name) {
        let foreign = other.directories.config.as_str();
        if text.lines().any(|line| line.rsplit(['=', ' ']).next() == Some(foreign)) {
            seen.problems.push(
                Problem::new(
                    codes::CONFIGURATOR_STATE_OF_ANOTHER,
                    format!("{} names {foreign}, which belongs to {}", c.state_file, other.name),
                )
                .on(node.as_str())
                .hint(format!(
                    "make a state file with the directories of {}: all paths and host names differ",
                    site.instance.name
                ))
                .section("6.4, E14"),
            );
        }
    }
    Ok(seen)
}
